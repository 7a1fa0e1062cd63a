package runbook

import (
	"strings"

	"github.com/readygate/readygate/internal/catalog"
)

// kubectl is a command about the namespace of a workload.
func kubectl(w catalog.Workload, args ...string) string {
	words := []string{"kubectl", "--namespace", argument(w.Namespace)}
	for _, a := range args {
		words = append(words, argument(a))
	}
	return strings.Join(words, " ")
}

// lookCommands show how a workload is.
func lookCommands(w catalog.Workload) []string {
	workload := w.Kind + "/" + w.Name
	logs := []string{"logs", workload, "--since=1h", "--tail=200", "--prefix"}
	if w.Container != "" {
		logs = append(logs, "--container="+w.Container)
	} else {
		logs = append(logs, "--all-containers")
	}
	return []string{
		kubectl(w, "get", "pods", "--output=wide") + " | grep -F -e NAME -e " + argument(w.Name+"-"),
		kubectl(w, "describe", workload),
		kubectl(w, logs...),
		kubectl(w, "get", "events", "--sort-by=.lastTimestamp"),
	}
}

// releaseCommands show how releases went.
func releaseCommands(w catalog.Workload) []string {
	workload := w.Kind + "/" + w.Name
	return []string{
		kubectl(w, "rollout", "status", workload, "--timeout=5m"),
		kubectl(w, "rollout", "history", workload),
	}
}

// rollback is the command that undoes a release; empty when nobody has said how.
func rollback(s catalog.Service) string {
	switch {
	case s.Rollout != nil && s.Rollout.RollbackCommand != "":
		return s.Rollout.RollbackCommand
	case s.Workload != nil:
		return kubectl(*s.Workload, "rollout", "undo", s.Workload.Kind+"/"+s.Workload.Name)
	}
	return ""
}

// argument quotes a word for a POSIX shell.
func argument(word string) string {
	plain := func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-_./:=@%+,", c)
	}
	if word != "" && !strings.ContainsFunc(word, func(c rune) bool { return !plain(c) }) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
