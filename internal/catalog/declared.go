package catalog

import "fmt"

// declarations are the declarations of derived metrics, by name: the gateway derives
// each once, for all services.
type declarations map[string]declaration

type declaration struct {
	path    string
	written string
}

func (all declarations) add(d *decoder, e entry, s Service) {
	for i, at := range e.items("business") {
		if s.Business[i].Derive == nil {
			continue
		}
		name, written := s.Business[i].Name, fmt.Sprint(s.Business[i].Derive)
		first, again := all[name]
		switch {
		case !again:
			all[name] = declaration{join(at.path, "derive"), written}
		case first.written != written:
			at.wrong(d, "derive", "another declaration of "+name, "the one of "+first.path+", because the gateway derives a metric once")
		}
	}
}

// claims find, for a workload of Kubernetes, an earlier entry that it runs: each of its
// containers belongs to one entry, or it would be told of as that of two.
type claims map[Workload]entry

func (all claims) add(d *decoder, e entry, s Service) {
	if s.Workload == nil || s.Workload.Name == "" || s.Workload.Namespace == "" {
		return // which is told
	}
	of := func(container string) Workload {
		w := *s.Workload
		w.Container = container
		return w
	}
	// An entry that names no container has them all.
	same := []Workload{of(s.Workload.Container), of("")}
	if s.Workload.Container == "" {
		same = []Workload{of(whatever)}
	}
	for _, w := range same {
		if first, again := all[w]; again {
			e.wrong(d, "workload", fmt.Sprintf("the %s %s/%s again", w.Kind, w.Namespace, w.Name),
				fmt.Sprintf("a workload, or a container of it, of its own (%s.workload on line %d has it)", first.path, first.value("workload").Line))
			return
		}
	}
	for _, w := range []Workload{*s.Workload, of(whatever)} {
		if _, taken := all[w]; !taken {
			all[w] = e
		}
	}
}
