package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/internal/detect"
	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
)

// Formats of the list of detectors.
const (
	rulesTable    = "table"
	rulesMarkdown = "markdown"
	rulesJSON     = "json"
)

func newScrubRulesCommand() *cobra.Command {
	var flags policyFlags
	var format string
	cmd := &cobra.Command{
		Use:   "rules",
		Short: "List the detectors and what a policy does with them",
		Long: `Rules lists every detector, the rules of the policy included: what it finds, by what
evidence, which packs switch it on, what is done with its findings by default and
under the policy, and whether it is on. For a policy with policies for resources,
it is that of the whole.

Markdown is the reference page, with the sensitivity table of attributes, the packs
and the presets; it does not depend on a policy. A file named rules is scrubbed as
./rules.`,
		Example: `  readyctl scrub rules
  readyctl scrub rules --policy gateway.yaml --format json
  readyctl scrub rules --format markdown > docs/reference/detectors.md`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			switch format {
			case rulesMarkdown:
				if flags != (policyFlags{}) {
					return usageError{fmt.Errorf("--format: got %s with a policy, allowed: %s or %s", format, rulesTable, rulesJSON)}
				}
				_, err := io.WriteString(cmd.OutOrStdout(), detectorsPage())
				return err
			case rulesTable, rulesJSON:
			default:
				return usageError{fmt.Errorf("--format: got %q, allowed: %s, %s or %s", format, rulesTable, rulesMarkdown, rulesJSON)}
			}
			rules, err := listRules(flags)
			if err != nil {
				return usageError{err}
			}
			if format == rulesJSON {
				return writeRulesJSON(cmd.OutOrStdout(), rules)
			}
			return writeRulesTable(cmd.OutOrStdout(), rules)
		},
	}
	flags.add(cmd)
	cmd.Flags().StringVar(&format, "format", rulesTable, "table, markdown or json")
	return cmd
}

// ruleLine is a line of the list.
type ruleLine struct {
	Name     string   `json:"name"`
	On       bool     `json:"on"`
	Action   string   `json:"action"` // empty if it is off
	Default  string   `json:"default"`
	Packs    []string `json:"packs"`
	What     string   `json:"what"`
	Evidence string   `json:"evidence"`
}

// listRules lists all detectors under a policy.
func listRules(flags policyFlags) ([]ruleLine, error) {
	cfg, err := flags.config()
	if err != nil {
		return nil, err
	}
	set, err := cfg.Compile(policy.Options{Places: leaf.PlaceNames()})
	if err != nil {
		return nil, err
	}
	p := set.Default()
	on := p.Scanner.Detectors()
	all := detect.Builtin()
	for _, d := range on {
		if !d.Built() {
			all = append(all, d)
		}
	}
	var lines []ruleLine
	for _, d := range all {
		line := ruleLine{Name: d.Name, Default: d.DefaultAction().String(), Packs: slices.Concat([]string{}, d.Packs), What: d.Summary, Evidence: d.Evidence}
		if i := slices.IndexFunc(on, func(o *detect.Detector) bool { return o.Name == d.Name }); i >= 0 {
			line.On, line.Action = true, p.Rules(int(leaf.LogBody)).Action(on[i]).String()
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func writeRulesJSON(out io.Writer, rules []ruleLine) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(rules)
}

func writeRulesTable(out io.Writer, rules []ruleLine) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "DETECTOR\tACTION\tPACKS\tWHAT")
	for _, r := range rules {
		action := r.Action
		if !r.On {
			action = "off"
		}
		packs := strings.Join(r.Packs, ",")
		if packs == "" {
			packs = "-"
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", r.Name, action, packs, r.What)
	}
	return w.Flush()
}
