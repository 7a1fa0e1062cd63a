package alerts

import (
	"flag"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/alerts/internal/rule/ruletest"
	"github.com/readygate/readygate/internal/catalog"
)

var (
	firstSeed = flag.Uint64("seed", 1, "of the first services file at random")
	seeds     = flag.Uint64("seeds", 1, "how many services files at random")
	only      = flag.String("only", "", "run the unit tests of this family alone")
)

// A team that sets its own thresholds gets tests that pass, whatever it sets: one
// file here; `go test ./alerts -run AtRandom -seeds 20` tries more of them.
func TestTheUnitTestsAreRightForNumbersAtRandom(t *testing.T) {
	for seed := *firstSeed; seed < *firstSeed+*seeds; seed++ {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			text := atRandom(rand.New(rand.NewPCG(seed, 0)))
			c, err := catalog.Parse("random.yaml", []byte(text))
			require.NoError(t, err, text)
			dir := written(t, c)
			files, err := filepath.Glob(filepath.Join(dir, "tests", *only+"*.yaml"))
			require.NoError(t, err)
			require.NotEmpty(t, files, "no family is called %q, or it has no rules", *only)
			for _, file := range files {
				start := time.Now()
				said, err := ruletest.Promtool(t, dir, "test", "rules", file)
				if err != nil {
					require.NoError(t, os.WriteFile(filepath.Join(os.TempDir(), fmt.Sprintf("random-%d.yaml", seed)), []byte(text), 0o644))
				}
				require.NoError(t, err, "%s\n%s", said, text)
				t.Logf("%s: %s", filepath.Base(file), time.Since(start).Round(time.Millisecond))
			}
		})
	}
}

// atRandom is a services file of two services with a number of their own for
// everything that has one: the least, the most, or any between.
func atRandom(r *rand.Rand) string {
	between := func(low, high float64) float64 {
		switch r.IntN(6) {
		case 0:
			return low
		case 1:
			return high
		}
		v, _ := strconv.ParseFloat(strconv.FormatFloat(low+math.Exp(math.Log(high-low+1)*r.Float64())-1, 'g', 3, 64), 64)
		return min(max(v, low), high)
	}
	number := func(low, high float64) string { return strconv.FormatFloat(between(low, high), 'f', -1, 64) }
	ratio := func() string { // 0.0001 as likely as 0.1
		return strconv.FormatFloat(max(catalog.MinErrorRatio, min(catalog.MaxErrorRatio, math.Round(between(1, 10000))/10000)), 'f', -1, 64)
	}
	wait := func(least, most time.Duration) string {
		return strconv.Itoa(int(between(least.Seconds(), most.Seconds()))) + "s"
	}
	bounds := catalog.LatencyBounds()
	var text strings.Builder
	text.WriteString("version: 1\nservices:\n")
	for _, name := range []string{"first", "second"} {
		fmt.Fprintf(&text, "  - name: %s\n    tier: %s\n", name, catalog.Tiers()[r.IntN(len(catalog.Tiers()))])
		if r.IntN(2) == 0 {
			text.WriteString("    environments: [production]\n")
		}
		fmt.Fprintf(&text, "    workload: {namespace: shop, kind: deployment, name: %s}\n", name)
		fmt.Fprintf(&text, "    slo: {availability: %s, latency: %s, latency_ratio: %s}\n", objective(r), milliseconds(bounds[r.IntN(len(bounds))]), objective(r))
		fmt.Fprintf(&text, "    jobs: [{name: regular, every: %s}, {name: nightly, schedule: \"%d %d * * *\"}]\n", wait(time.Minute, 24*time.Hour), r.IntN(60), r.IntN(24))
		fmt.Fprintf(&text, "    queues: [{name: orders, depth: rabbitmq_queue_messages_ready, match: {queue: %s}, max_depth: %s}]\n", name, number(1, 1e6))
		fmt.Fprintf(&text, "    rollout: {strategy: canary, stages: [{percent: %d, watch: %s}, {percent: %d, watch: %s}, {percent: 100, watch: 1h}]}\n",
			1+r.IntN(40), wait(10*time.Minute, 4*time.Hour), 41+r.IntN(59), wait(10*time.Minute, 4*time.Hour))
		text.WriteString("    thresholds:\n")
		for _, key := range catalog.ThresholdKeys() {
			value := ""
			switch _, whole := key.Of(new(catalog.Thresholds)).(*time.Duration); {
			case key.Bounds != nil:
				value = milliseconds(key.Bounds[r.IntN(len(key.Bounds))])
			case whole:
				value = wait(key.Least, min(30*time.Minute, key.Most)) // a day takes promtool minutes
			case key.Max < 1:
				value = ratio()
			default:
				value = number(key.Min, key.Max)
			}
			fmt.Fprintf(&text, "      %s: %s\n", key.Key, value)
		}
	}
	return text.String()
}

func milliseconds(d time.Duration) string { return fmt.Sprintf("%dms", d.Milliseconds()) }

// objective is a share between those that a services file may ask for, with as many
// nines as people ask for.
func objective(r *rand.Rand) string {
	nines := r.IntN(4)
	return "0." + strings.Repeat("9", nines) + strconv.Itoa(5+r.IntN(4))
}
