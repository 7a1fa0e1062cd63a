package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
)

// newHelpCommand replaces cobra's own, which takes a command that does not exist
// for a success.
func newHelpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about a command",
		Args: func(cmd *cobra.Command, args []string) error {
			_, err := topic(cmd.Root(), args)
			return err
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			about, err := topic(cmd.Root(), args)
			if err != nil {
				return err
			}
			about.InitDefaultHelpFlag() // cobra adds it to commands only when they run
			return about.Help()
		},
	}
}

// topic is the command that help is asked about: without words, the program.
func topic(root *cobra.Command, words []string) (*cobra.Command, error) {
	about, rest, err := root.Find(words)
	if err == nil && len(rest) == 0 {
		return about, nil
	}
	var names []string
	for _, c := range root.Commands() {
		if c.IsAvailableCommand() {
			names = append(names, c.Name())
		}
	}
	return nil, fmt.Errorf("help: got %q, allowed: %s", strings.Join(words, " "), strings.Join(names, ", "))
}
