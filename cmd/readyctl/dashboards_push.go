package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/dashboards"
	"github.com/readygate/readygate/dashboards/push"
)

func newDashboardsPushCommand() *cobra.Command {
	var c dashboardsPush
	cmd := &cobra.Command{
		Use:   "push --url URL --token-file FILE",
		Short: "Put the generated dashboards into a Grafana",
		Long: `Push makes the dashboards, and puts them into a Grafana by its HTTP API, as classic
JSON, which Grafana 10 to 13 take. It makes the folder if it is missing.

It writes over nothing that it did not make. All dashboards are looked at first; if one
has a uid of ours and not the tags "readygate" and "generated", is loaded by Grafana from
a file, or lies in another folder than --folder, it is named, nothing is written, and the
exit code is 1. With --move our own are taken out of other folders.

Dashboards of an earlier run which are not generated any more, such as those of services
that are gone, are named; with --prune they are removed. Only those in the folder are
looked at. All but the dashboards of services have the same uids for every services file:
an organisation of Grafana takes one services file.

The token is that of a service account with the role Editor. It is read from a file, so
that it stands in no list of processes and in no history, and goes to other machines over
https:// only, unless --insecure-http is given.`,
		Example: `  readyctl dashboards push --url https://grafana.example.com --token-file token --dry-run
  readyctl dashboards push --url https://grafana.example.com --token-file token --services services.yaml --prune`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.run(cmd.Context(), cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	cmd.Flags().StringVar(&c.url, "url", "", "of the Grafana, such as https://grafana.example.com")
	cmd.Flags().StringVar(&c.tokenFile, "token-file", "", "the file with the token of a service account")
	cmd.Flags().StringVar(&c.folder, "folder", dashboards.Folder, "the folder in Grafana")
	cmd.Flags().StringVar(&c.services, "services", "", "the services file (default: none, the dashboards over all services)")
	cmd.Flags().StringVar(&c.ca, "ca-file", "", "a file of certificates in PEM that are trusted besides the system's")
	cmd.Flags().DurationVar(&c.timeout, "timeout", 30*time.Second, "of each request")
	cmd.Flags().BoolVar(&c.prune, "prune", false, "remove our dashboards in the folder that are not generated any more")
	cmd.Flags().BoolVar(&c.move, "move", false, "take our dashboards out of other folders")
	cmd.Flags().BoolVar(&c.insecure, "insecure-http", false, "send the token over http:// to other machines, where anybody on the way reads it")
	cmd.Flags().BoolVar(&c.dryRun, "dry-run", false, "write nothing, say what would be done")
	return cmd
}

type dashboardsPush struct {
	url, tokenFile, folder, services, ca string
	timeout                              time.Duration
	prune, move, insecure, dryRun        bool
}

func (c dashboardsPush) run(ctx context.Context, stdout, talk io.Writer) error {
	client, err := c.client()
	wrong := []error{err}
	if strings.TrimSpace(c.folder) == "" {
		wrong = append(wrong, errors.New("--folder: got nothing, allowed: the title of a folder"))
	}
	services, err := loadCatalog(c.services)
	if err := errors.Join(append(wrong, err)...); err != nil {
		return usageError{err}
	}
	all, err := dashboards.Generate(services)
	if err != nil {
		return err
	}
	plan, err := client.Plan(ctx, all, push.FolderOf(c.folder), c.move)
	if err != nil {
		return fmt.Errorf("%w\nnothing was written", err)
	}
	if c.dryRun {
		c.say(stdout, plan, "would make", "would write", "would remove")
		return nil
	}
	if err := client.Apply(ctx, plan, c.prune); err != nil {
		return err
	}
	c.say(talk, plan, "made", "wrote", "removed")
	return nil
}

// say tells what was done, or would be.
func (c dashboardsPush) say(out io.Writer, plan push.Plan, made, wrote, removed string) {
	if plan.MakeFolder {
		fmt.Fprintf(out, "%s the folder %q, uid %s\n", made, plan.Folder.Title, plan.Folder.UID)
	}
	for _, d := range plan.New {
		fmt.Fprintf(out, "%s %s, %q, which is new\n", wrote, *d.Uid, *d.Title)
	}
	for _, d := range plan.Changed {
		fmt.Fprintf(out, "%s %s, %q\n", wrote, *d.Uid, *d.Title)
	}
	for _, d := range plan.Moved {
		fmt.Fprintf(out, "%s %s, %q, out of another folder into %q\n", wrote, *d.Uid, *d.Title, plan.Folder.Title)
	}
	for _, s := range plan.Stale {
		if c.prune {
			fmt.Fprintf(out, "%s %s, %q\n", removed, s.UID, s.Title)
		} else {
			fmt.Fprintf(out, "left %s, %q, which is not generated any more; --prune removes it\n", s.UID, s.Title)
		}
	}
}

// client reports all that is wrong with the flags about Grafana.
func (c dashboardsPush) client() (*push.Client, error) {
	address, errAddress := c.address()
	token, errToken := c.token()
	transport, errTransport := c.transport()
	var errTimeout error
	if c.timeout <= 0 {
		errTimeout = fmt.Errorf("--timeout: got %s, allowed: more than 0s", c.timeout)
	}
	if err := errors.Join(errAddress, errToken, errTransport, errTimeout); err != nil {
		return nil, err
	}
	return push.NewClient(address, token, transport, c.timeout), nil
}

func (c dashboardsPush) address() (*url.URL, error) {
	if c.url == "" {
		return nil, errors.New("--url: got nothing, allowed: such as https://grafana.example.com")
	}
	address, err := push.Address(c.url, c.insecure)
	if err != nil {
		return nil, fmt.Errorf("--url: %w", err)
	}
	return address, nil
}

func (c dashboardsPush) token() (string, error) {
	if c.tokenFile == "" {
		return "", errors.New("--token-file: got nothing, allowed: a file with the token of a service account")
	}
	text, err := os.ReadFile(c.tokenFile)
	if err != nil {
		return "", fmt.Errorf("--token-file: %w", err)
	}
	token, err := push.Token(string(text))
	if err != nil {
		return "", fmt.Errorf("--token-file: %w", err)
	}
	return token, nil
}

func (c dashboardsPush) transport() (http.RoundTripper, error) {
	if c.ca == "" {
		return http.DefaultTransport, nil
	}
	text, err := os.ReadFile(c.ca)
	if err != nil {
		return nil, fmt.Errorf("--ca-file: %w", err)
	}
	trusted, err := x509.SystemCertPool()
	if err != nil {
		trusted = x509.NewCertPool()
	}
	if !trusted.AppendCertsFromPEM(text) {
		return nil, fmt.Errorf("--ca-file: got no certificate in %s, allowed: certificates in PEM", c.ca)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: trusted, MinVersion: tls.VersionTLS12}
	return transport, nil
}
