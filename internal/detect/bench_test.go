package detect

import (
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/detect/corpus"
)

// cleanLines are log lines as services write them, without anything sensitive:
// what a scanner sees nearly all the time.
func cleanLines() []string {
	return []string{
		`10.0.0.7 - - [22/Nov/2026:10:11:12 +0000] "GET /api/v1/products/8127?page=2&sort=price HTTP/1.1" 200 5316 "https://shop.example.com/catalog" "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36" rt=0.031 uct=0.000 urt=0.031`,
		`2026-11-22T10:11:12.345678Z INFO  [checkout-worker-3] c.e.shop.checkout.OrderService - order placed orderId=7f3c9a52-1b7e-4c55-9d0e-2a6f8e1c4b90 items=3 total=129.90 currency=EUR durationMs=84 traceId=4bf92f3577b34da6a3ce929d0e0e4736 spanId=00f067aa0ba902b7`,
		`{"level":"info","ts":"2026-11-22T10:11:12.345Z","caller":"server/http.go:241","msg":"request served","method":"POST","path":"/v1/carts/items","status":201,"duration":0.0231,"bytes":812,"request_id":"req-01HF7YAT31JZ5M6Z8N2V0Q4B7C","user_agent":"storefront/2.3.1"}`,
		`I1122 10:11:12.345678       1 reconciler.go:224] "operationExecutor.VerifyControllerAttachedVolume started for volume" volume="kube-api-access-x7k2p" pod="shop/payments-7d9f8b6c5-2xkqz" uid="0a1b2c3d-4e5f-6789-abcd-ef0123456789" generation=17`,
		`java.lang.IllegalStateException: Connection pool exhausted after 30000 ms; active=50, idle=0, waiting=12 at com.example.pool.HikariPool.getConnection(HikariPool.java:197) at com.example.dao.OrderDao.find(OrderDao.java:88) at java.base/java.lang.Thread.run(Thread.java:1583)`,
		`level=warn ts=2026-11-22T10:11:12Z component=compactor block=01HF7YAT31JZ5M6Z8N2V0Q4B7C msg="compaction took longer than expected" elapsed=1m32.4s blocks=12 bytes=1073741824 shard=7/16 retry=false`,
	}
}

// mixedLines has a finding in every fifth line.
func mixedLines(t testing.TB) []string {
	clean, dirty := cleanLines(), []string{
		fill(t, `2026-11-22T10:11:12Z ERROR payment refused customer=jane.doe@example.com amount=129.90 currency=EUR gateway=acme attempt=2 elapsed=312ms trace=4bf92f3577b34da6a3ce929d0e0e4736 reason="insufficient funds" retryable=false region=eu-west-1`),
		fill(t, `{"level":"debug","ts":"2026-11-22T10:11:12.345Z","msg":"calling upstream","headers":{"Authorization":"Bearer {{token}}","Accept":"application/json"},"url":"https://api.example.com/v1/charges","attempt":1,"timeout":"5s"}`),
		fill(t, `card {{visa}} declined by issuer for order 8127 at 2026-11-22T10:11:12Z code=51 text="insufficient funds" terminal=17 batch=221 merchant=4711 region=eu-west-1 latency=231ms upstream=acquirer-2`),
	}
	var lines []string
	for i := range 30 {
		if i%5 == 4 {
			lines = append(lines, dirty[i/5%len(dirty)])
		} else {
			lines = append(lines, clean[i%len(clean)])
		}
	}
	return lines
}

// BenchmarkScan tells MB/s of CPU time beside those of the clock: other programs
// take their share of the clock.
func BenchmarkScan(b *testing.B) {
	everything, err := New(Builtin()...)
	require.NoError(b, err)
	for _, c := range []struct {
		name    string
		scanner *Scanner
		lines   []string
	}{
		{"clean", Default(), cleanLines()},
		{"mixed", Default(), mixedLines(b)},
		{"ordinary", Default(), corpus.Lines(20000)},
		{"all_packs/clean", everything, cleanLines()},
		{"all_packs/mixed", everything, mixedLines(b)},
	} {
		b.Run(c.name, func(b *testing.B) {
			size := len(strings.Join(c.lines, ""))
			b.SetBytes(int64(size))
			b.ReportAllocs()
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			var findings []Finding
			rules := c.scanner.Rules()
			before := threadTime(b)
			for b.Loop() {
				for _, line := range c.lines {
					_, findings, _ = c.scanner.Scrub(findings[:0], Value{Text: line}, rules)
				}
			}
			b.ReportMetric(float64(b.N)*float64(size)/1e6/(threadTime(b)-before).Seconds(), "MB/cpu-s")
		})
	}
}

// BenchmarkReference is a loop over the bytes with one look-up each: what the others
// are compared with on a machine that is busy.
func BenchmarkReference(b *testing.B) {
	text := strings.Join(cleanLines(), "")
	b.SetBytes(int64(len(text)))
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	before, sum := threadTime(b), 0
	for b.Loop() {
		for i := range len(text) {
			sum += int(classes[text[i]])
		}
	}
	b.ReportMetric(float64(b.N)*float64(len(text))/1e6/(threadTime(b)-before).Seconds(), "MB/cpu-s")
	b.ReportMetric(float64(sum%2), "sum")
}

// threadTime returns the CPU time that this thread has used.
func threadTime(tb testing.TB) time.Duration {
	var used syscall.Rusage
	require.NoError(tb, syscall.Getrusage(1, &used)) // RUSAGE_THREAD
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
