package derive

import (
	"math/rand/v2"
	"sync"
	"testing"
)

// view is what one kind of reader must have seen, from low to high of what earlier lives
// left behind, and of this life after each of its flushes.
type view struct {
	low, high tally

	// What had come in before the last accepted flush but one that the reader saw:
	// series that were new to it have shown their value since. Before the last that
	// was accepted. And before the last that was tried, of which a part may have been.
	before, shown, tried tally
}

func newView() *view { return &view{low: tally{}, high: tally{}} }

func (v *view) accept(came tally) { v.before, v.shown, v.tried = v.shown, came.clone(), came.clone() }

// die ends a life of which nothing is kept but what the reader saw.
func (v *view) die() {
	v.low.add(v.before)
	v.high.add(v.tried)
	v.before, v.shown, v.tried = nil, nil, nil
}

// run is a program under way.
type run struct {
	scenario
	t        *testing.T
	gateway  *gateway
	reader   *reader
	server   *prometheus
	random   *rand.Rand
	calm     bool // nothing is refused any more
	unseen   bool // a flush was accepted that no scrape has seen
	came     tally
	saved    tally // what storage holds of it
	push     *view
	pull     *view
	onBehalf view // pull, as it will be after the next scrape
}

// execute runs the program and returns what is wrong with the counts, or "".
func (s scenario) execute(t *testing.T) string {
	t.Helper()
	r := &run{
		scenario: s, t: t, reader: newReader(t), server: newPrometheus(t),
		random: rand.New(rand.NewPCG(s.seed, 1)), came: tally{}, push: newView(), pull: newView(),
	}
	storage := ""
	if s.storage {
		storage = t.TempDir()
	}
	r.start(storage)
	for _, o := range s.program {
		r.do(o)
	}
	r.calm = true
	r.settle()
	pushed := r.difference("exported", r.reader.total(), r.push)
	scraped := r.difference("increase()", r.server.increases(), r.pull)
	r.gateway.stop()
	return pushed + scraped
}

func (r *run) difference(what string, got tally, v *view) string {
	low, high := v.low.clone(), v.high.clone()
	low.add(r.came)
	high.add(r.came)
	if r.limits != nil {
		got, low, high = got.blur(), low.blur(), high.blur()
	}
	if wrong := got.outside(low, high); wrong != "" {
		return what + ":\n" + wrong + "\n"
	}
	return ""
}

func (r *run) start(storage string) {
	r.gateway = startGateway(r.t, r.settings("gw-0"), storage, r.reader)
	r.gateway.outlet.refuse = func() bool { return !r.calm && r.random.IntN(100) < r.refusals }
}

func (r *run) do(o op) {
	random := rand.New(rand.NewPCG(o.seed, 2))
	switch o.do {
	case send:
		r.came.add(r.send(random))
	case storm:
		r.storm(o.seed)
	case flush:
		r.flush()
	case scrape:
		r.scrape()
	case settle:
		r.settle()
	case restart:
		r.restart()
	case kill:
		r.die(r.gateway.kill())
	case killIn, killPre:
		r.killIn(o.do == killPre)
	case outage:
		r.server.ingest("gw-0", nil)
	}
}

func (r *run) send(random *rand.Rand) tally {
	traffic := r.world.traffic(random)
	r.gateway.send(traffic)
	return traffic.truth
}

// storm flushes in the middle of sending, so that nobody knows what was in time for these
// flushes, and then once more, so that everybody does.
func (r *run) storm(seed uint64) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	sent := tally{}
	for g := range uint64(4) {
		wg.Go(func() {
			random := rand.New(rand.NewPCG(seed, 3+g))
			for range 4 {
				truth := r.send(random)
				mu.Lock()
				sent.add(truth)
				mu.Unlock()
			}
		})
	}
	for range 3 {
		r.flush()
	}
	wg.Wait()
	r.came.add(sent)
	calm := r.calm
	r.calm = true
	r.flush()
	r.scrape()
	r.calm = calm
}

// flush is preceded by a scrape of the one before: the promise to who scrapes is for
// scrape intervals that are not longer than flush intervals.
func (r *run) flush() {
	if r.unseen {
		r.scrape()
	}
	err := r.gateway.flush()
	r.saved = r.came.clone() // before anything was sent
	if err != nil {
		r.push.tried, r.onBehalf.tried = r.came.clone(), r.came.clone()
		return
	}
	r.unseen = true
	r.push.accept(r.came)
	r.onBehalf.accept(r.came)
}

func (r *run) scrape() {
	r.server.ingest("gw-0", r.gateway.page())
	r.unseen = false
	r.pull.before, r.pull.shown, r.pull.tried = r.onBehalf.before, r.onBehalf.shown, r.onBehalf.tried
}

// settle: the first flush shows new series at 0, the second their values.
func (r *run) settle() {
	calm := r.calm
	r.calm = true
	for range 2 {
		r.flush()
		r.scrape()
	}
	r.calm = calm
}

// restart: whoever is pushed to has everything. Whoever scrapes does not see what
// Shutdown flushes, because the page goes with the process; with storage the next life
// shows it.
func (r *run) restart() {
	if r.storage && r.expires && r.unseen {
		r.scrape() // or a series could expire in Shutdown before its value was scraped
	}
	calm := r.calm
	r.calm = true
	r.gateway.stop()
	r.calm = calm
	if !r.storage {
		r.push.before, r.push.tried = r.came.clone(), r.came.clone()
		r.newLife()
	}
	r.saved = r.came.clone()
	r.start(r.gateway.storage)
}

// die: what came after the last flush is gone, and without storage what a reader had not
// seen too.
func (r *run) die(left string) {
	r.came = r.saved.clone()
	if !r.storage {
		r.newLife()
	}
	r.start(left)
}

func (r *run) newLife() {
	r.push.die()
	r.pull.die()
	r.onBehalf = view{}
	r.came, r.saved, r.unseen = tally{}, tally{}, false
}

// killIn ends the process in a flush, before or after its first metrics arrive. What was
// flushed had been saved.
func (r *run) killIn(before bool) {
	if r.unseen {
		r.scrape()
	}
	left := ""
	outlet := r.gateway.outlet
	outlet.during = func() {
		left = r.gateway.freeze()
		outlet.dead.Store(before)
	}
	_ = r.gateway.flush() // refused or not, it was the last
	outlet.during = nil
	if left == "" { // nothing to send, or refused
		left = r.gateway.freeze()
	}
	outlet.dead.Store(true)
	r.gateway.stop()
	r.saved = r.came.clone()
	r.push.tried = r.came.clone()
	r.die(left)
}
