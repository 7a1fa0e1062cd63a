package detect

import "github.com/readygate/readygate/internal/detect/dbtext"

// queryLiteral finds the literals of database queries, which the semantic
// conventions want replaced by "?" in db.query.text. It looks at values whose key
// says that they are queries, whatever their dialect: see dbtext.
var queryLiteral = &Detector{
	Name:     "query_literal",
	Summary:  "literal in a database query: db.query.text, db.statement, graphql.document",
	Evidence: "the grammar of the dialect; in an unknown one, whatever may be a literal",
	// Parameters of a query are forced by the sensitivity table.
	under: func(_ KeyClass, value string) (Finding, bool) {
		return Finding{End: len(value), Confidence: Certain, literal: "?"}, reveals(value) && value != "?"
	},
	sample: func() Sample {
		const name = "Doe"
		return Sample{Key: "db.query.text", Text: "SELECT * FROM users WHERE name = '" + name + "'", Secret: name}
	},
}

// literals adds the literals of the query that the value is.
func (p *pass) literals() {
	p.spans = dbtext.Literals(p.spans[:0], p.system, p.text)
	for _, s := range p.spans {
		p.add(p.scanner.queries, Finding{Start: s.Start, End: s.End, Confidence: Certain, literal: s.Replacement})
	}
}
