// Package dbtext finds the literals in the text of a database query: what a
// program put into the statement, as opposed to the statement. It reads SQL in
// its dialects and the languages that look like it (CQL, Cypher, AQL, N1QL,
// PartiQL, InfluxQL, Flux, GraphQL), JSON documents and their relaxed spellings
// (MongoDB, Elasticsearch, CouchDB), and commands (Redis, memcached).
//
// It holds to these rules:
//
//   - A name stays, a value goes. Keywords, tables, columns, keys of documents,
//     commands and Redis keys stay; strings, numbers, dates, UUIDs and the content
//     of comments go. Of values, SQL's TRUE, FALSE and NULL stay.
//   - No dialect passes through. A system that is not known, or not given, is read
//     as all of them at once: what one dialect calls a literal goes, and where two
//     dialects disagree on where a literal ends, the rest of the text goes.
//   - A cut-off text is read as if what is open in its end went on to its end.
//   - Parameters (?, ?1, $1, :name, :1, @p1, %s, %(name)s, {name:Type}) stay.
//
// What it cannot tell from the text stays, or is believed:
//
//   - A system that is named wrongly: a double-quoted string of MySQL stays when the
//     text is said to be PostgreSQL's, where it is a name. So are servers' usual
//     settings (no ANSI_QUOTES, standard_conforming_strings).
//   - What stands between quotes that make a name, in optimizer hints and in keys.
//   - An amount like $99, which is a parameter everywhere but in SQL Server.
//   - A word of a Redis hash value written without quotes, where its number of words
//     makes it stand where the name of a field would.
package dbtext

// A Span is a literal: the bytes from Start up to End, which is greater, and what
// is to stand in their place. That is ?, or "?" in a document, so that valid JSON
// stays valid.
type Span struct {
	Start, End  int
	Replacement string
}

const (
	mark       = `?`
	markQuoted = `"?"`
)

// Literals appends the literals of the query to dst, in order and not
// overlapping, and returns it. The system is the value of db.system.name, or of
// the older db.system, or "graphql"; unknown ones and "" are read by rules that
// fit all. Once the literals are replaced, none are found in the result.
//
// It takes linear time, allocates nothing beyond the growth of dst, does not
// recurse, and is safe for concurrent use.
func Literals(dst []Span, system, query string) []Span {
	d := dialectOf(system)
	switch shape(query, d) {
	case kindDocument:
		return documentLiterals(dst, query, 0, d == mongo)
	case kindRequest:
		return requestLiterals(dst, query)
	case kindParameters:
		return parameterLiterals(dst, query, skipSpace(query, 0), len(query))
	case kindRedis:
		return commandLiterals(dst, query, redisCommands, d.kind == kindGeneric)
	case kindMemcached:
		return commandLiterals(dst, query, memcachedCommands, d.kind == kindGeneric)
	}
	if d == influx && !startsInfluxQL(query) {
		d = flux
	}
	return sqlLiterals(dst, query, d)
}

// emit appends a span, blank space around it left out, unless it is empty or
// already what would stand there.
func emit(dst []Span, text string, start, end int, replacement string) []Span {
	for start < end && has(text[start], isSpace) {
		start++
	}
	for start < end && has(text[end-1], isSpace) {
		end--
	}
	if start == end || text[start:end] == mark || text[start:end] == replacement {
		return dst
	}
	return append(dst, Span{Start: start, End: end, Replacement: replacement})
}
