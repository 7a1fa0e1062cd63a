package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
)

func newPseudonymCommand() *cobra.Command {
	var file, detector string
	cmd := &cobra.Command{
		Use:   "pseudonym --policy FILE --detector NAME [VALUE ...]",
		Short: "Compute the token that stands for a known value",
		Long: `Pseudonym computes by which token a value goes in scrubbed telemetry, so that what
belongs to somebody can be found, or deleted. It writes one line for each value: the
token of the current key, then, after tabs, those of the previous keys. Each token
names its key:

  email_k2_5f0c8e7a91b3d246	email_k1_a3d1c2b49e60f785

Values are read from stdin, one a line. They can be given as arguments too, but those
end up in the history of the shell and in the list of processes. A value is what the
detector finds, without what stands around it; spellings of one thing (capitals of an
address, spaces in the number of a card) have one token.

The keys are those under pseudonyms in the policy, a file as for readyctl scrub
--policy. Detectors have tokens of their own for one value: readyctl scrub rules
lists them.`,
		Example: `  readyctl pseudonym --policy gateway.yaml --detector email < addresses.txt
  read -rs value; printf '%s\n' "$value" | readyctl pseudonym --policy gateway.yaml --detector phone_e164`,
		RunE: func(cmd *cobra.Command, values []string) error {
			tokens, err := newTokens(file, detector)
			if err != nil {
				return usageError{err}
			}
			tokens.talk = cmd.ErrOrStderr()
			if len(values) > 0 {
				return tokens.write(cmd.OutOrStdout(), strings.NewReader(strings.Join(values, "\n")+"\n"))
			}
			if onTerminal(cmd.InOrStdin()) {
				fmt.Fprintln(cmd.ErrOrStderr(), "Reading values, one a line.")
			}
			return tokens.write(cmd.OutOrStdout(), cmd.InOrStdin())
		},
	}
	cmd.Flags().StringVar(&file, "policy", "", "a policy, or the configuration of a gateway, with the keys")
	cmd.Flags().StringVar(&detector, "detector", "", "the detector that finds the value")
	return cmd
}

// tokens makes the tokens of a detector's values.
type tokens struct {
	cfg      *policy.Config
	detector string
	talk     io.Writer
}

// newTokens reads a policy. The error tells everything that is wrong.
func newTokens(file, detector string) (*tokens, error) {
	var errs []error
	cfg := &policy.Config{}
	if file == "" {
		errs = append(errs, errors.New("--policy: got nothing, allowed: a policy with pseudonyms"))
	} else if f, err := policy.Load(file, leaf.PlaceNames()); err != nil {
		errs = append(errs, err)
	} else {
		if cfg = &f.Config; cfg.Pseudonyms == nil {
			errs = append(errs, fmt.Errorf("%s: pseudonyms: got none, allowed: key_id, and key or key_file", f.At("pseudonyms")))
		}
	}
	if detector == "" {
		errs = append(errs, errors.New("--detector: got nothing, allowed: the name of a detector; readyctl scrub rules lists them"))
	} else if _, err := cfg.Tokens(detector, ""); err != nil && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("--detector: %w", err))
	}
	return &tokens{cfg, detector, io.Discard}, errors.Join(errs...)
}

// write writes a line for each line of in. A line without a value has no token.
func (t *tokens) write(out io.Writer, in io.Reader) error {
	lines := bufio.NewReader(in)
	for n := 1; ; n++ {
		line, end, tooLong, err := readLine(lines)
		if tooLong {
			return usageError{fmt.Errorf("line %d: got more than %d MiB, allowed: one value a line", n, maxLine>>20)}
		}
		if value := strings.TrimSuffix(line, "\r"); value != "" || end != "" {
			if value != "" && !t.cfg.Recognises(t.detector, value) {
				fmt.Fprintf(t.talk, "value %d: %s does not find it, so that the gateway never makes this token\n", n, t.detector)
			}
			if err := t.line(out, value); err != nil {
				return err
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// line writes the tokens of a value.
func (t *tokens) line(out io.Writer, value string) error {
	var words []string
	if value != "" {
		made, err := t.cfg.Tokens(t.detector, value)
		if err != nil {
			return err
		}
		for _, m := range made {
			words = append(words, m.Text)
		}
	}
	_, err := fmt.Fprintln(out, strings.Join(words, "\t"))
	return err
}
