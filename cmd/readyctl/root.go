package main

import "github.com/spf13/cobra"

// newRootCommand calls started once the command line was understood and a
// command begins to work.
func newRootCommand(started func()) *cobra.Command {
	root := &cobra.Command{
		Use:   "readyctl",
		Short: "Make the production-readiness checklist executable",
		Long: `Readyctl turns one description of your services, the services file, into what
watches them: alerts with their unit tests, routing, runbooks, dashboards and
gateway configuration. Without a services file it does the same for every service,
with the checklist's own thresholds.

Exit codes: 0 all is well; 1 there are findings, or the work could not be
finished; 2 the command line or an input file is wrong.`,
		// Cobra prints errors twice and usage for every one of them; run does it.
		SilenceErrors:    true,
		SilenceUsage:     true,
		PersistentPreRun: func(*cobra.Command, []string) { started() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetHelpCommand(newHelpCommand())
	root.AddCommand(
		newCheckCommand(),
		newDashboardsCommand(),
		newDemoCommand(),
		newDiffCommand(),
		newExplainCommand(),
		newGenerateCommand(),
		newInitCommand(),
		newPostmortemCommand(),
		newPseudonymCommand(),
		newRoutesCommand(),
		newScrubCommand(),
		newVersionCommand(),
	)
	return root
}
