package route

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// data is a kind of data with random values.
type data struct {
	kind string
	make func(r *rand.Rand) string
}

func randomBytes(r *rand.Rand, n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

func letters(r *rand.Rand, n int, alphabet string) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = alphabet[r.IntN(len(alphabet))]
	}
	return string(b)
}

// certain are the kinds that are known by their form, whatever their value.
var certain = []data{
	{kindID, func(r *rand.Rand) string { return fmt.Sprint(r.IntN(1_000_000)) }},
	{kindID, func(r *rand.Rand) string { return fmt.Sprint("n", 1000+r.IntN(1_000_000), "x") }},
	{kindDate, func(r *rand.Rand) string {
		return fmt.Sprintf("20%02d-%02d-%02d", r.IntN(100), 1+r.IntN(12), 1+r.IntN(28))
	}},
	{kindUUID, func(r *rand.Rand) string {
		b := hex.EncodeToString(randomBytes(r, 16))
		return b[:8] + "-" + b[8:12] + "-" + b[12:16] + "-" + b[16:20] + "-" + b[20:]
	}},
	{kindULID, func(r *rand.Rand) string { return "01" + letters(r, 24, "0123456789ABCDEFGHJKMNPQRSTVWXYZ") }},
	{kindHex, func(r *rand.Rand) string { return "1" + hex.EncodeToString(randomBytes(r, 10)) + "a" }},
}

func TestOneTemplateForAllValues(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, d := range certain {
		for range 2000 {
			value := d.make(r)
			require.Equal(t, "/jobs/"+d.kind+"/run", string(AppendTemplate(nil, "/jobs/"+value+"/run")), value)
			for _, around := range [][2]string{{"job ", " run"}, {"job-", "-run"}, {"job_", "_run"}, {"jobs/", ".run"}, {"", ""}, {"job:", ""}} {
				require.Equal(t, around[0]+d.kind+around[1], string(AppendName(nil, around[0]+value+around[1])), value)
			}
			if d.kind == kindULID {
				continue // hosts have no capitals
			}
			require.Equal(t, "job-"+d.kind+".shop", string(AppendHost(nil, "job-"+value+".shop:80")), value)
		}
	}
	for range 2000 {
		address := fmt.Sprintf("%d.%d.%d.%d", r.IntN(256), r.IntN(256), r.IntN(256), r.IntN(256))
		require.Equal(t, kindIP, string(AppendHost(nil, address)))
		require.Equal(t, "dial "+kindIP, string(AppendName(nil, "dial "+address)))
	}
}

// Random text is known by how it reads, so some of it passes for words. The shares
// were measured, and bound how many series names of one kind make.
func TestMostRandomTextIsFound(t *testing.T) {
	const tries = 20_000
	pod := podAlphabet
	for name, c := range map[string]struct {
		make  func(r *rand.Rand) string
		want  string
		share float64
		host  bool
	}{
		"16 bytes in base 64 for URLs": {
			func(r *rand.Rand) string { return "reply." + base64.RawURLEncoding.EncodeToString(randomBytes(r, 16)) },
			"reply.{token}", 0.87, false,
		},
		"queues of RabbitMQ": {
			func(r *rand.Rand) string {
				return "amq.gen-" + base64.RawURLEncoding.EncodeToString(randomBytes(r, 16))
			},
			"amq.gen-{token}", 1, false,
		},
		"21 of a nano ID": {
			func(r *rand.Rand) string {
				return "job " + letters(r, 21, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-")
			},
			"job {token}", 0.86, false,
		},
		"20 letters and digits": {
			func(r *rand.Rand) string { return "job " + letters(r, 20, "0123456789abcdefghijklmnopqrstuvwxyz") },
			"job {token}", 0.91, false,
		},
		"pods of a Deployment": {
			func(r *rand.Rand) string { return "shop-" + letters(r, 10, pod) + "-" + letters(r, 5, pod) },
			"shop-{token}", 1, true,
		},
		"pods of a CronJob": {
			func(r *rand.Rand) string { return fmt.Sprint("shop-", 28000000+r.IntN(1e6), "-", letters(r, 5, pod)) },
			"shop-{token}", 0.99, true,
		},
		"pods of a DaemonSet": {
			func(r *rand.Rand) string { return "shop-" + letters(r, 5, pod) },
			"shop-{token}", 0.64, true,
		},
	} {
		r := rand.New(rand.NewPCG(3, 4))
		found, made := 0, map[string]bool{}
		for range tries {
			text := c.make(r)
			got := string(AppendName(nil, text))
			if c.host {
				got = string(AppendHost(nil, text))
			}
			if got == c.want {
				found++
			}
			made[got] = true
		}
		t.Logf("%s: %.2f %% found, %d templates of %d", name, float64(found)/tries*100, len(made), tries)
		require.GreaterOrEqual(t, float64(found)/tries, c.share, name)
	}
}
