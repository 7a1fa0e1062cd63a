package derive

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
)

// op is one step of a program.
type op struct {
	do   action
	seed uint64 // of what is random in it
}

type action string

// The actions.
const (
	send    action = "send"     // a batch
	storm   action = "storm"    // batches from four goroutines, with flushes between them
	flush   action = "flush"    // and a scrape before the next one
	scrape  action = "scrape"   // one that was not due
	settle  action = "settle"   // flushes and scrapes until everything has been seen
	restart action = "restart"  // Shutdown and a new life
	kill    action = "kill"     // no Shutdown, and a new life
	killIn  action = "kill in"  // in a flush, after its first metrics were accepted
	killPre action = "kill pre" // in a flush, before any metrics were
	outage  action = "outage"   // a scrape that finds nobody
)

// scenario is a configuration and what happens to it. It is all that a failure needs to
// happen again.
type scenario struct {
	seed     uint64
	world    world
	storage  bool
	expires  bool  // whatever was idle from one flush to the next
	limits   []int // series, services, values of a label; nil: the defaults
	refusals int   // in percent of calls
	program  []op
}

func (s scenario) String() string {
	ops := make([]string, len(s.program))
	for i, o := range s.program {
		ops[i] = fmt.Sprintf("{%q, %d}", o.do, o.seed)
	}
	return fmt.Sprintf("seed %d, world %+v, storage %t, expires %t, limits %v, refusals %d%%:\n\t%s",
		s.seed, s.world, s.storage, s.expires, s.limits, s.refusals, strings.Join(ops, ", "))
}

func (s scenario) settings(instance string) settings {
	c := redSettings(instance)
	if s.expires {
		c["series_expiration"] = "1s"
	}
	if s.limits != nil {
		c["limits"] = map[string]any{"series": s.limits[0], "services": s.limits[1], "label_values": s.limits[2]}
	}
	return c
}

// randomScenario draws one.
func randomScenario(seed uint64, storage bool) scenario {
	random := rand.New(rand.NewPCG(seed, 0))
	s := scenario{
		seed:    seed,
		storage: storage,
		expires: random.IntN(3) == 0,
		world: world{
			services: 1 + random.IntN(4), versions: 1 + random.IntN(3), names: 1 + random.IntN(12),
			sampled: random.IntN(2) == 0,
		},
	}
	if random.IntN(2) == 0 {
		s.limits = []int{1 + random.IntN(60), 1 + random.IntN(5), 1 + random.IntN(10)}
	}
	if random.IntN(3) == 0 {
		s.refusals = 30
	}
	often := []action{send, send, send, send, flush, flush, flush, storm, scrape}
	rarely := []action{restart, restart, settle, kill, killIn, killPre, outage}
	for range 30 {
		from := often
		if random.IntN(6) == 0 {
			from = rarely
		}
		s.program = append(s.program, op{from[random.IntN(len(from))], random.Uint64N(1000)})
	}
	return s
}

// smallest removes operations, many at once and then one by one, as long as the program
// still fails.
func (s scenario) smallest(fails func(scenario) string) (smallest scenario, why string) {
	why = fails(s)
	for size := len(s.program) / 2; size > 0; size /= 2 {
		for from := 0; from+size <= len(s.program); {
			less := s
			less.program = slices.Delete(slices.Clone(s.program), from, from+size)
			if w := fails(less); w != "" {
				s, why = less, w
			} else {
				from++
			}
		}
	}
	return s, why
}
