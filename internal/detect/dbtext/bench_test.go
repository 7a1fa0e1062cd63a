package dbtext

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// benchQueries are queries as programs send them.
func benchQueries() []struct{ name, system, query string } {
	const (
		orm = `SELECT "order"."id", "order"."created_at", "order"."customer_id", "order"."total", "customer"."name", "customer"."email" FROM "order" INNER JOIN "customer" ON ("order"."customer_id" = "customer"."id") WHERE ("order"."status" = 'open' AND "order"."total" > 129.90 AND "customer"."email" LIKE '%example.com') ORDER BY "order"."created_at" DESC LIMIT 25 OFFSET 50`
		par = `INSERT INTO shipment (id, order_id, carrier, tracking_number, street, city, postal_code, country, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET carrier = EXCLUDED.carrier, tracking_number = EXCLUDED.tracking_number RETURNING id, created_at`
		doc = `{"find":"orders","filter":{"customer.email":"jane@example.com","status":{"$in":["open","paid","sent"]},"total":{"$gt":129.9},"createdAt":{"$gte":{"$date":"2026-11-22T10:11:12.345Z"}}},"sort":{"createdAt":-1},"projection":{"_id":1,"total":1,"status":1},"limit":25,"lsid":{"id":{"$binary":{"base64":"3q2+796tvu/erb7v3q2+7w==","subType":"04"}}},"$db":"shop"}`
		cmd = `HMSET session:8127 user jane cart 17 locale en_GB currency EUR expires 1764000000`
	)
	return []struct{ name, system, query string }{
		{"sql", "postgresql", orm}, {"parameters", "postgresql", par}, {"unknown", "", orm}, {"document", "mongodb", doc}, {"command", "redis", cmd},
	}
}

func TestLiteralsDoesNotAllocate(t *testing.T) {
	spans := make([]Span, 0, 64)
	for _, q := range benchQueries() {
		require.Zero(t, testing.AllocsPerRun(100, func() { spans = Literals(spans[:0], q.system, q.query) }), q.name)
		require.Equal(t, q.name == "parameters", len(spans) == 0, q.name)
	}
}

func BenchmarkLiterals(b *testing.B) {
	spans := make([]Span, 0, 64)
	for _, q := range benchQueries() {
		b.Run(q.name, func(b *testing.B) {
			b.SetBytes(int64(len(q.query)))
			b.ReportAllocs()
			for b.Loop() {
				spans = Literals(spans[:0], q.system, q.query)
			}
		})
	}
}
