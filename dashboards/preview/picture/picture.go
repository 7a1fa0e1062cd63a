// Package picture takes pictures of the pages of package preview with a Chromium
// that is installed on the machine, for people who look at a change without
// running anything.
package picture

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Names under which Chromium is installed, in the order in which they are tried.
var names = []string{"chromium", "chromium-browser", "google-chrome"}

// Find is the path of the browser: the program given, or the first of the usual names in
// PATH. The error says what to install.
func Find(program string) (string, error) {
	wanted := names
	if program != "" {
		wanted = []string{program}
	}
	for _, name := range wanted {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", fmt.Errorf("no browser: looked for %s; install Chromium (apt-get install chromium) or name one with --chromium", strings.Join(wanted, ", "))
}

// Options say how the pages look.
type Options struct {
	// Browser is the path of a Chromium.
	Browser string
	// Width of the page in pixels; its height is that of its content.
	Width int
	// Dark is the dark theme.
	Dark bool
	// Patience is how long a page may take to draw itself.
	Patience time.Duration
}

// Picture is what a page looked like.
type Picture struct {
	PNG []byte
	// Panels is how many there are; of these Empty had no data, and Failed could not be
	// drawn.
	Panels, Empty, Failed int
	// Failures say which, and why.
	Failures []string
	// Console are the errors that the page's own scripts wrote.
	Console []string
}

// Take takes a picture of each page, in the order of the addresses, and calls each with
// it. It waits until a page says that it has drawn itself; one that does not within the
// patience is an error that names the panels still waited for. Times are in UTC, whatever
// the machine's time zone. The browser is ended before Take returns.
func Take(ctx context.Context, o Options, addresses []string, each func(at int, p Picture) error) error {
	flags := append(chromedp.DefaultExecAllocatorOptions[:len(chromedp.DefaultExecAllocatorOptions):len(chromedp.DefaultExecAllocatorOptions)],
		chromedp.ExecPath(o.Browser),
		// A container often has a /dev/shm that is too small for a page.
		chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("force-color-profile", "srgb"),
		// The same letters everywhere, for the same bytes.
		chromedp.Flag("font-render-hinting", "none"),
	)
	ctx, stop := chromedp.NewExecAllocator(ctx, flags...)
	defer stop()
	ctx, end := chromedp.NewContext(ctx)
	defer end()
	if err := chromedp.Do(ctx); err != nil {
		return fmt.Errorf("start %s: %w", o.Browser, err)
	}
	for i, address := range addresses {
		p, err := take(ctx, o, address)
		if err != nil {
			return fmt.Errorf("%s: %w", address, err)
		}
		if err := each(i, p); err != nil {
			return err
		}
	}
	return nil
}

// take opens a page in a tab of its own.
func take(ctx context.Context, o Options, address string) (Picture, error) {
	ctx, closeTab := chromedp.NewContext(ctx)
	defer closeTab()
	var (
		p       Picture
		console messages
	)
	// The tab is made here: made under a limited context it would end with that.
	if err := chromedp.Listen(ctx, console.listen); err != nil {
		return p, err
	}
	if err := o.dress(ctx); err != nil {
		return p, err
	}
	limited, cancel := context.WithTimeout(ctx, o.Patience)
	defer cancel()
	err := chromedp.Do(limited, chromedp.Navigate(address), chromedp.WaitReady(chromedp.CSS(`body[data-drawn="true"]`)))
	if limited.Err() != nil && ctx.Err() == nil {
		return p, late(ctx, o.Patience)
	}
	if err != nil {
		return p, err
	}
	if err := p.read(ctx); err != nil {
		return p, err
	}
	p.Console = console.all()
	// 100 is no loss: PNG.
	p.PNG, err = chromedp.Run(ctx, chromedp.FullScreenshot(100))
	return p, err
}

// dress sets what a page can ask about the screen that it is on.
func (o Options) dress(ctx context.Context) error {
	theme := "light"
	if o.Dark {
		theme = "dark"
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}}}
	_, errMedia := chromedp.Call(ctx, emulation.SetEmulatedMedia, media)
	_, errZone := chromedp.Call(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: "UTC"})
	return errors.Join(errMedia, errZone, chromedp.Do(ctx, chromedp.EmulateViewport(int64(o.Width), 900)))
}

// read asks the page what it says about its panels.
func (p *Picture) read(ctx context.Context) error {
	said, err := chromedp.Run(ctx, chromedp.Evaluate[map[string]string](`({...document.body.dataset})`))
	if err != nil {
		return err
	}
	for name, count := range map[string]*int{"panels": &p.Panels, "empty": &p.Empty, "failed": &p.Failed} {
		if *count, err = strconv.Atoi(said[name]); err != nil {
			return fmt.Errorf("data-%s of the page: %w", name, err)
		}
	}
	p.Failures, err = chromedp.Run(ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll(".said.failed")].map((s) => [s.closest(".panel")?.querySelector("h3 .text").innerText, s.innerText].filter(Boolean).join(": "))`))
	return err
}

// late says what the page still waits for.
func late(ctx context.Context, patience time.Duration) error {
	waiting, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`[...document.querySelectorAll("[data-state=waiting] h3 .text")].map((t) => t.innerText)`))
	if err != nil {
		return fmt.Errorf("not drawn within %s: %w", patience, err)
	}
	return fmt.Errorf("not drawn within %s, still waiting for: %s", patience, strings.Join(waiting, ", "))
}

// messages are errors in the console. Answers that a panel shows as its error are not
// among them.
type messages struct {
	mu   sync.Mutex
	said []string
}

func (m *messages) listen(event any) {
	var text string
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		text = thrown(e.ExceptionDetails)
	case *runtime.EventConsoleAPICalled:
		if e.Type != runtime.ConsoleAPICalledTypeError && e.Type != runtime.ConsoleAPICalledTypeAssert {
			return
		}
		for _, a := range e.Args {
			text += string(a.Value) + a.Description
		}
	case *cdplog.EventEntryAdded:
		if e.Entry.Level != cdplog.EntryLevelError || e.Entry.Source == cdplog.EntrySourceNetwork {
			return
		}
		text = e.Entry.Text
	default:
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.said = append(m.said, text)
}

func (m *messages) all() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.said
}

// thrown is an exception with what the browser knows of it.
func thrown(e *runtime.ExceptionDetails) string {
	if e.Exception == nil {
		return e.Text
	}
	return e.Text + " " + e.Exception.Description
}
