package main

import (
	"errors"
	"time"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/internal/leaf"
	"github.com/readygate/readygate/internal/policy"
)

// maxValueTime bounds the scan of one value, which may be a file of 1 MiB.
const maxValueTime = 10 * time.Second

// policyFlags choose a policy.
type policyFlags struct{ file, preset string }

func (f *policyFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.file, "policy", "", "a policy, or the configuration of a gateway whose policy counts")
	cmd.Flags().StringVar(&f.preset, "preset", "", "a preset instead of a policy: default, pci, gdpr, hipaa or strict")
}

// config returns the policy that was chosen.
func (f *policyFlags) config() (*policy.Config, error) {
	switch {
	case f.file != "" && f.preset != "":
		return nil, errors.New("--policy, --preset: got both, allowed: one of them")
	case f.file != "":
		file, err := policy.Load(f.file, leaf.PlaceNames())
		if err != nil {
			return nil, err
		}
		return &file.Config, nil
	}
	cfg := &policy.Config{Override: policy.Override{Preset: f.preset}}
	if err := cfg.Validate(leaf.PlaceNames()); err != nil {
		return nil, errors.New("--" + err.Error()) // the only key is preset
	}
	return cfg, nil
}

// compile returns the policy that was chosen. One from a file must pass its
// self-test, as in the gateway.
func (f *policyFlags) compile() (*policy.Set, error) {
	cfg, err := f.config()
	if err != nil {
		return nil, err
	}
	set, err := cfg.Compile(policy.Options{Places: leaf.PlaceNames(), MaxTime: maxValueTime})
	if err == nil && f.file != "" {
		err = set.SelfTest()
	}
	return set, err
}
