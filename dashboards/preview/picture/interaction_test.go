package picture

import (
	"context"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// open is a tab with a page that has drawn itself. It ends with the test.
func open(t *testing.T, address string) context.Context {
	t.Helper()
	ctx, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(browser(t)))...)
	t.Cleanup(stop)
	ctx, end := chromedp.NewContext(ctx)
	t.Cleanup(end)
	require.NoError(t, chromedp.Do(ctx)) // the browser must not end with what is limited below
	limited, cancel := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	drawn := chromedp.WaitReady(chromedp.CSS(`body[data-drawn="true"]`))
	require.NoError(t, chromedp.Do(limited, chromedp.EmulateViewport(1600, 900), chromedp.Navigate(address), drawn))
	return limited
}

// look is what an expression of JavaScript says of the page.
func look[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	require.NoError(t, err)
	return value
}

func TestPanelsSayWhatTheSeriesSay(t *testing.T) {
	ctx := open(t, serve(t, "testdata/kinds.json")+"/d/kinds"+hour)
	text := func(panel, selector string) []string {
		return look[[]string](t, ctx, `[...document.querySelectorAll("#panel-`+panel+` `+selector+`")].map((e) => e.textContent)`)
	}
	require.Equal(t, []string{"50.1 req/s"}, text("2", ".big"))
	require.Equal(t, []string{"7.80%"}, text("3", ".big"))
	require.ElementsMatch(t, []string{"passes", "passes"}, text("4", ".big"))
	require.Equal(t, []string{"No restore was ever tried"}, text("5", ".said.empty"))
	require.Equal(t, []string{"checkout", "8.48 req/s", "18.0 req/s", "payments", "7.34 req/s", "9.74 req/s", "storefront", "34.3 req/s", "40.0 req/s"}, text("7", ".legend td"))
	require.Equal(t, []string{"promote", "hold", "roll back"}, text("13", ".legend li"))
	require.Equal(t, []string{"service", "method", "endpoint", "Failed", "Share"}, text("16", "th"))
	require.Equal(t, []string{"checkout", "POST", "/orders/{id}", "360", "3.90%"}, text("16", "td")[:5])
	require.Equal(t, []string{"orders", "1 hour ago"}, text("17", "td"))
	require.Equal(t, "rgb(213, 94, 0)", look[string](t, ctx, `getComputedStyle(document.querySelector("#panel-3 .big")).color`), "beyond the threshold")
	require.Equal(t, 24, look[int](t, ctx, `getComputedStyle(document.querySelector(".grid")).gridTemplateColumns.split(" ").length`))
	require.InDelta(t, 4*30+3*8, look[float64](t, ctx, `document.getElementById("panel-2").getBoundingClientRect().height`), 1, "as high as in Grafana")
}

func TestFoldedRowsAskWhenTheyAreUnfolded(t *testing.T) {
	ctx := open(t, serve(t, "testdata/kinds.json")+"/d/kinds"+hour)
	require.Equal(t, 16, look[int](t, ctx, `document.querySelectorAll(".panel").length`))
	require.NoError(t, chromedp.Do(ctx, chromedp.Click(chromedp.CSS(`.row:last-of-type > summary`)), chromedp.WaitReady(chromedp.CSS(`.row:last-of-type .panel[data-state="drawn"]`))))
	require.Equal(t, 17, look[int](t, ctx, `document.querySelectorAll(".panel").length`))
}

func TestTheAddressSelects(t *testing.T) {
	ctx := open(t, serve(t, "testdata/kinds.json")+"/d/kinds"+hour+"&var-service=checkout&var-service=payments")
	require.Equal(t, []string{"checkout", "payments"}, look[[]string](t, ctx, `[...document.querySelectorAll("#panel-7 .legend button")].map((b) => b.textContent)`))
	require.Equal(t, "checkout + payments", look[string](t, ctx, `document.querySelector("#controls summary").textContent`))
}

func TestAClickOnAValueLeadsOn(t *testing.T) {
	ctx := open(t, serve(t, "testdata/kinds.json")+"/d/kinds"+hour)
	require.NoError(t, chromedp.Do(ctx, chromedp.Click(chromedp.CSS(`#panel-7 .chart`)), chromedp.WaitVisible(chromedp.CSS(`.menu a`))))
	require.Regexp(t, `^/d/kinds\?from=3600000&to=7200000&var-service=(checkout|payments|storefront)$`, look[string](t, ctx, `document.querySelector(".menu a").getAttribute("href")`))
	require.Equal(t, "Logs in Grafana only", look[string](t, ctx, `document.querySelector(".menu li:last-child").textContent`))
}
