package dbtext

import "strings"

// starts are the words that begin a statement of SQL or of a language like it. What
// begins with another word is read as a command, of which nothing stays but that
// word.
var starts = set(`select insert update delete with create alter drop merge replace truncate explain describe desc show use begin start commit
	rollback savepoint release set reset grant revoke deny call exec execute declare fetch open close copy move lock unlock analyze analyse
	vacuum reindex cluster refresh rename values table prepare deallocate discard do if while return print raiserror throw
	match optional unwind foreach for let from row end abort checkpoint comment listen notify unlisten load import export unload attach
	detach pragma backup restore optimize check repair flush kill purge change handler install uninstall signal xa msck add list undrop
	query mutation subscription fragment option profile upsert infer advise process sequence exists waitfor go bulk dbcc cache uncache
	clear validate audit noaudit flashback connect disconnect shutdown try case collect filter limit`)

// sqlFirst are those of them that are names of commands too.
var sqlFirst = set("select copy move exec rename restore discard")

// methods are the HTTP methods of requests to a document store.
var methods = set("get post put delete head patch")

// sessionWords may follow SET in SQL without a sign of assignment.
var sessionWords = set(`names role session global local persist transaction password schema constraints character charset time
	current authorization default resource statistics identity_insert context_info xact_abort nocount quoted_identifier
	ansi_nulls isolation search_path`)

// shape tells by how a query begins how it is to be read where its system does
// not, or not surely: a relational database may be sent a document, and a store of
// documents SQL.
func shape(text string, d *dialect) kind {
	k := d.kind
	i := skipSpace(text, 0)
	if i == len(text) {
		return kindSQL
	}
	switch text[i] {
	case '{', '[':
		if k != kindGeneric && k != kindSQL || text[i] == '[' && !d.brackets {
			return kindDocument
		}
		next := skipSpace(text, i+1)
		if next < len(text) && strings.IndexByte(`"{}]`, text[next]) >= 0 {
			return kindDocument
		}
		call := text[i] == '{' && next < len(text) && (text[next] == '?' || startsWord(text, next, "call"))
		if k == kindSQL || call {
			return kindSQL
		}
		return kindDocument
	case '/':
		if k == kindRequest && i+1 < len(text) && text[i+1] != '*' && text[i+1] != '/' {
			return kindRequest
		}
	}
	if k != kindGeneric && k != kindRequest {
		return k
	}
	end := wordEnd(text, i, len(text))
	word := text[i:end]
	next := skipSpace(text, end)
	switch {
	case next == len(text):
	case next > end && in(methods, word) && (text[next] == '/' || k == kindRequest) &&
		!strings.HasPrefix(text[next:], "/*") && !strings.HasPrefix(text[next:], "//"):
		return kindRequest
	case k == kindRequest:
	case text[end] == '=' && !has(text[i], isDigit) && end > i && end-i <= maxLookup && !strings.HasPrefix(text[end:], "=="):
		return kindParameters
	case end > i && !has(text[i], isDigit):
		return wordShape(text, i)
	}
	return kindSQL
}

// wordShape tells how to read a text of an unknown system whose first word begins
// at i.
func wordShape(text string, i int) kind {
	end := i
	for end < len(text) && (has(text[end], isWord) || text[end] == '.') && wideSpace(text, end) == 0 {
		end++
	}
	word := text[i:end]
	next := skipSpace(text, end)
	if strings.IndexByte(word, '.') >= 0 || collectionCommands[word] {
		// db.users.find(, users.aggregate [{, find {
		opens := next < len(text) && text[next] == '{' || strings.HasPrefix(text[next:], "[{") || strings.HasPrefix(text[next:], "({")
		if opens || strings.HasPrefix(word, "db.") && (end == len(text) || !has(text[end], isBare)) {
			return kindDocument
		}
	}
	if next == end && next < len(text) && (in(starts, word) || strings.IndexByte(`@#-/\`, text[end]) < 0) || next < len(text) && text[next] == '=' {
		return kindSQL
	}
	_, redis := lookup(redisCommands, word)
	_, cached := lookup(memcachedCommands, word)
	switch {
	case equalFold(word, "set") && assigns(text, next), equalFold(word, "replace") && replaces(text, next), in(sqlFirst, word):
		return kindSQL
	case redis, next == end && next < len(text):
		return kindRedis
	case cached:
		return kindMemcached
	case in(starts, word):
		return kindSQL
	}
	return kindRedis
}

// replaces reports whether what follows a REPLACE is SQL's, not memcached's.
func replaces(text string, i int) bool {
	if startsWord(text, i, "into") || startsWord(text, i, "low_priority") || startsWord(text, i, "delayed") {
		return true
	}
	i = skipSpace(text, spanEndNot(text, i, isSpace))
	return i < len(text) && (text[i] == '(' || in(rowWords, text[i:wordEnd(text, i, len(text))]))
}

// rowWords stand behind the table of a REPLACE.
var rowWords = set("values value set select with table")

// assigns reports whether what follows a SET is SQL's.
func assigns(text string, i int) bool {
	if i < len(text) && text[i] == '@' {
		return true
	}
	end := i
	for end < len(text) && !has(text[end], isSpace) && strings.IndexByte("='\":", text[end]) < 0 {
		end++
	}
	next := skipSpace(text, end)
	if end == i || next == len(text) {
		return false
	}
	return text[next] == '=' || strings.HasPrefix(text[next:], ":=") || in(sessionWords, text[i:wordEnd(text, i, len(text))]) || startsWord(text, next, "to")
}

// influxStarts are the first words of statements of InfluxQL, of which Flux has
// none.
var influxStarts = set("select show create alter drop delete grant revoke kill explain set")

func startsInfluxQL(text string) bool {
	i := skipSpace(text, 0)
	return in(influxStarts, text[i:wordEnd(text, i, len(text))])
}

// startsWord reports whether the lower-case word stands at i, in any case.
func startsWord(text string, i int, word string) bool {
	return equalFold(text[i:wordEnd(text, i, len(text))], word)
}

func skipSpace(text string, i int) int {
	for i < len(text) {
		if has(text[i], isSpace) {
			i++
		} else if n := wideSpace(text, i); n > 0 {
			i += n
		} else {
			break
		}
	}
	return i
}

func spanEndNot(text string, i int, class byte) int {
	for i < len(text) && !has(text[i], class) {
		i++
	}
	return i
}
