package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
)

func newScrubTestCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "test POLICY",
		Short: "Run the cases of a policy's rules, and its self-test",
		Long: `Test runs the cases of the rules in a policy, a file as for readyctl scrub --policy:

  rules:
    - name: employee
      regex: 'EMP-[0-9]{6}'
      cases:
        - {in: "by EMP-123456", out: "by [REDACTED:employee]"}
        - {in: "EMP-12", out: "EMP-12"}

It runs the self-test too, with which a gateway starts: each built-in detector must
find its own look-alike under each policy of the file. A case that stands under a
key names it: {key: badge, in: ..., out: ...}.

Exit code 0: all is as it should be. 1: a case or the self-test failed. 2: the
policy is wrong.`,
		Example: `  readyctl scrub test policy.yaml
  readyctl scrub test gateway.yaml#scrub/payments`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("scrub test: got %d arguments, allowed: one policy file", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return testPolicy(args[0], cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
}

// testPolicy writes what fails to out.
func testPolicy(path string, out, talk io.Writer) error {
	f, err := policy.Load(path, leaf.PlaceNames())
	if err != nil {
		return usageError{err}
	}
	set, err := f.Compile(policy.Options{Places: leaf.PlaceNames()})
	if err != nil {
		return usageError{err}
	}
	for i, r := range f.Rules {
		if len(r.Cases) == 0 {
			fmt.Fprintf(talk, "%s: rule %s has no cases; nothing shows that it finds what it is for\n", f.At(fmt.Sprintf("rules[%d]", i)), r.Name)
		}
	}
	failed := set.Cases()
	for _, c := range failed {
		fmt.Fprintf(out, "%s: rule %s\n  got:  %q\n  want: %q\n", f.At(c.Path), c.Rule, c.Got, c.Want)
	}
	samples := set.Samples()
	for _, s := range samples {
		fmt.Fprintf(out, "%s: %s\n", f.At(s.Path), s.Error())
	}
	fmt.Fprintf(out, "%s passed\n", amount(set.NumCases()-len(failed), "case"))
	if len(failed)+len(samples) > 0 {
		return errors.New("failed: " + amount(len(failed), "case") + ", " + amount(len(samples), "self-test"))
	}
	return nil
}
