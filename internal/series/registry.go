package series

import (
	"hash/maphash"
	"sync"
	"sync/atomic"

	"github.com/readygate/readygate/internal/telemetry"
)

// registry knows the owners.
type registry struct {
	table *Table

	// Series that fit the limit, and those beyond it. The latter take no room from
	// anybody: what explodes must not crowd out what does not.
	taken, beyond atomic.Int64

	mu       sync.RWMutex
	owners   map[Identity]*owner
	services map[Identity]*service // by name
	admitted int                   // services, the one called "other" apart
	ids      uint64
	refused  *demand // services
}

// nobody is whom the series of services beyond the limit belong to.
var nobody = Identity{Service: telemetry.Other, Namespace: telemetry.Other, Environment: telemetry.Other}

func (r *registry) open(t *Table) {
	r.table = t
	r.owners, r.services = map[Identity]*owner{}, map[Identity]*service{}
	r.refused = t.ledger.newDemand()
}

// rest returns the owner of the overflow series of a service, for telemetry of the
// owner o: its versions and canaries are one. The caller holds svc.mu, which keeps it
// from being forgotten.
func (r *registry) rest(o *Owner, svc *service) *Owner {
	id := svc.name
	if o.identity.Version != "" {
		id.Version = telemetry.Other
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	rest := r.owners[id]
	if rest == nil {
		rest = r.add(id, svc)
	}
	return &rest.exact
}

// acquire is the slow path of Acquire: for an identity that is new, or beyond a
// limit. Versions are an open label of their service.
func (r *registry) acquire(id Identity) *Owner {
	svc, beyond := r.join(id)
	defer svc.mu.Unlock()
	if beyond != noLimit {
		id = svc.name
	} else if id.Version != "" && !svc.hasRoom(telemetry.Version, []byte(id.Version), r.table.Limits.LabelValues) {
		r.table.refuse(&svc.label(telemetry.Version).refused, maphash.String(r.table.seed, id.Version))
		id.Version, beyond = telemetry.Other, r.table.ledger.version
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	o := r.owners[id]
	if o == nil {
		o = r.add(id.Clone(), svc)
	}
	o.pins.Add(1)
	svc.owners-- // what join lent
	if beyond != noLimit {
		return &o.limited
	}
	return &o.exact
}

// join returns the service of an identity, locked and kept from being forgotten by
// one more owner, or the service called "other" and the limit.
func (r *registry) join(id Identity) (*service, limit) {
	name := Identity{Service: id.Service, Namespace: id.Namespace, Environment: id.Environment}
	beyond := noLimit
	r.mu.Lock()
	svc := r.services[name]
	if svc == nil && name != nobody && r.admitted >= r.table.Limits.Services {
		beyond = limitServices
		r.refused.add(maphash.Comparable(r.table.seed, name))
		name = nobody
		svc = r.services[name]
	}
	if svc == nil {
		svc = &service{name: name.Clone(), labels: map[string]*label{}}
		r.services[svc.name] = svc
		if name != nobody {
			r.admitted++
		}
	}
	svc.owners++
	r.mu.Unlock()
	svc.mu.Lock()
	return svc, beyond
}

// add adds an owner; the caller holds both locks.
func (r *registry) add(id Identity, svc *service) *owner {
	r.ids++
	o := &owner{identity: id, id: r.ids, service: svc}
	o.exact, o.limited = Owner{owner: o}, Owner{owner: o, beyond: r.table.ledger.version}
	if svc.name == nobody {
		o.limited.beyond = limitServices
	}
	r.owners[id] = o
	svc.owners++
	if id.Version != "" && id.Version != telemetry.Other {
		svc.label(telemetry.Version).used[id.Version]++
	}
	return o
}

// sweep forgets the owners that have no entities and that nobody holds.
func (r *registry) sweep() {
	for _, o := range r.idle() {
		o.service.mu.Lock()
		r.mu.Lock()
		if o.unused() && r.owners[o.identity] == o {
			r.remove(o)
		}
		r.mu.Unlock()
		o.service.mu.Unlock()
	}
}

func (r *registry) idle() []*owner {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var idle []*owner
	for _, o := range r.owners {
		if o.unused() {
			idle = append(idle, o)
		}
	}
	return idle
}

func (r *registry) remove(o *owner) {
	delete(r.owners, o.identity)
	svc := o.service
	if v := o.identity.Version; v != "" && v != telemetry.Other {
		used := svc.label(telemetry.Version).used
		if used[v]--; used[v] == 0 {
			delete(used, v)
		}
	}
	if svc.owners--; svc.owners == 0 {
		delete(r.services, svc.name)
		r.table.ledger.demands.Add(-svc.sketches())
		if svc.name != nobody {
			r.admitted--
		}
	}
}

// sketches is how many demands of the service are estimated.
func (svc *service) sketches() (n int64) {
	if svc.refused != nil {
		n++
	}
	for _, l := range svc.labels {
		if l.refused != nil {
			n++
		}
	}
	return n
}

// take admits n more series of the service, or none of them.
func (r *registry) take(svc *service, n int64) bool {
	room := int64(r.table.Limits.Series) - r.taken.Add(n)
	if own := svc.series.Add(n); own <= room+n && room >= 0 {
		return true
	}
	r.giveBack(svc, n)
	return false
}

func (r *registry) giveBack(svc *service, n int64) {
	r.taken.Add(-n)
	svc.series.Add(-n)
}

// overdraw gives the entity n series beyond the limit. The caller holds the lock of
// its shard, or is the only one who has it.
func (r *registry) overdraw(e *entity, n int64) {
	r.beyond.Add(n)
	e.overdrawn += n
}

// release gives back all series of an entity that is no longer in the table.
func (r *registry) release(e *entity) {
	r.beyond.Add(-e.overdrawn)
	r.giveBack(e.owner.service, e.cost()-e.overdrawn)
}
