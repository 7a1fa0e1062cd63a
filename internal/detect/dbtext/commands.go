package dbtext

import "strings"

// A command says which of its arguments stay.
type command struct {
	keep  int  // how many of the first arguments stay, or keepAll
	pairs bool // the others are pairs of a name, which stays, and a value
	rest  bool // what follows its line is data
}

const keepAll = 1 << 30

// maxArgument is the length beyond which an argument is no name of anything.
const maxArgument = 512

var redisCommands = func() map[string]command {
	m := map[string]command{"mset": {pairs: true}, "msetnx": {pairs: true}, "hset": {keep: 1, pairs: true}, "hmset": {keep: 1, pairs: true}}
	for keep, names := range map[int]string{
		0: `auth hello eval eval_ro evalsha evalsha_ro echo ping select quit scan keys randomkey dbsize info migrate xread xreadgroup
			multi exec discard unwatch flushall flushdb shutdown save bgsave bgrewriteaof lastsave monitor sync psync role time wait
			reset readonly readwrite asking slaveof replicaof lolwut swapdb sintercard zintercard lmpop blmpop zmpop bzmpop fcall fcall_ro`,
		1: `set get getex getset setnx setex psetex append incr incrby incrbyfloat decr decrby strlen getrange setrange substr getbit setbit
			bitcount bitpos bitfield bitfield_ro expire pexpire expireat pexpireat move dump restore sort sort_ro
			lpush rpush lpushx rpushx linsert lset lrem lindex lrange ltrim lpop rpop lpos blpop brpop
			sadd srem sismember smismember spop srandmember sscan hscan hrandfield
			zadd zrem zscore zmscore zincrby zrange zrevrange zrangebyscore zrevrangebyscore zrangebylex zrevrangebylex zcount zlexcount
			zrank zrevrank zpopmin zpopmax bzpopmin bzpopmax zremrangebyrank zremrangebyscore zremrangebylex zscan zrandmember
			zunionstore zinterstore zdiffstore zunion zinter zdiff zrangestore
			xadd xdel xrange xrevrange xtrim xack xclaim xautoclaim xpending xlen xsetid pfadd geoadd geopos geodist geohash
			georadius georadiusbymember geosearch publish spublish acl client cluster command debug function latency memory module
			pubsub script slowlog sentinel failover ts.add ts.incrby ts.decrby ts.range bf.add bf.madd bf.exists cf.add cms.incrby topk.add
			ft.search ft.aggregate ft.create ft.sugadd graph.query vadd vsim json.mget`,
		2: `hget hsetnx hincrby hincrbyfloat hexists hstrlen object xgroup xinfo smove lmove blmove brpoplpush geosearchstore
			json.set json.arrappend json.strappend json.numincrby json.merge`,
		keepAll: `mget del unlink exists touch watch type ttl pttl persist expiretime pexpiretime rename renamenx rpoplpush llen scard smembers
			sunion sinter sdiff sunionstore sinterstore sdiffstore hgetall hkeys hvals hlen hmget hdel zcard pfcount pfmerge subscribe
			psubscribe ssubscribe unsubscribe punsubscribe sunsubscribe getdel json.get json.del json.type`,
	} {
		for _, name := range strings.Fields(names) {
			m[name] = command{keep: keep}
		}
	}
	m["config"] = command{keep: 1, pairs: true}
	return m
}()

var memcachedCommands = func() map[string]command {
	m := map[string]command{}
	for _, name := range strings.Fields("set add replace append prepend cas ms") {
		m[name] = command{keep: 1, rest: true}
	}
	for _, name := range strings.Fields("delete incr decr touch mg md ma") {
		m[name] = command{keep: 1}
	}
	for _, name := range strings.Fields("get gets") {
		m[name] = command{keep: keepAll}
	}
	for _, name := range strings.Fields("gat gats stats flush_all version verbosity quit") {
		m[name] = command{}
	}
	return m
}()

// commandLiterals reads commands, which line feeds or semicolons separate. Of a
// command that is not in the table, its name stays. A guess says that the text
// may not be what it is taken for: then it is one command, of which only the first
// argument may stay, and only without quotes.
func commandLiterals(dst []Span, text string, table map[string]command, guess bool) []Span {
	upper := firstUpper(text)
	for i := separatorsEnd(text, 0); i < len(text); {
		end := argumentEnd(text, i)
		c, known := lookup(table, text[i:end])
		if !known && !commandName(text[i:end]) {
			dst = emit(dst, text, i, end, mark)
			c.rest = true
		}
		if guess {
			c = command{keep: min(c.keep, 1), rest: true}
		}
		dst, i = arguments(dst, text, end, table, c, guess, upper)
	}
	return dst
}

// arguments marks the arguments of a command, which begin at i, and returns where
// the next command begins.
func arguments(dst []Span, text string, i int, table map[string]command, c command, guess, upper bool) ([]Span, int) {
	if c.pairs && !paired(text, i, table, c.keep, upper) {
		c.pairs = false
		c.keep++
	}
	for n := 0; ; n++ {
		start, next := argumentStart(text, i, table, c.rest, upper)
		if next {
			return dst, start
		}
		i = argumentEnd(text, start)
		stays := n < c.keep || c.pairs && (n-c.keep)%2 == 0
		if !stays || i-start > maxArgument || !closed(text[start:i]) || guess && strings.ContainsAny(text[start:i], `'"`) {
			dst = emit(dst, text, start, i, mark)
		}
	}
}

// paired reports whether the arguments of the command, which begin at i, are pairs
// behind the ones to keep. They are not if a value has a space more or less, or
// more than one line: no name can be told from it then.
func paired(text string, i int, table map[string]command, keep int, upper bool) bool {
	for n := 0; ; n++ {
		start, next := argumentStart(text, i, table, false, upper)
		if next {
			return n%2 == keep%2
		}
		if strings.ContainsAny(text[i:start], "\n;") {
			return false
		}
		i = argumentEnd(text, start)
	}
}

// argumentStart returns where the argument behind i begins, or that the command
// ends: at the end of the text, or at a line feed or semicolon and a command. What
// follows those otherwise is more of a value. Commands are written in one case, so
// that a word of prose is less often taken for one.
func argumentStart(text string, i int, table map[string]command, rest, upper bool) (start int, next bool) {
	start = spanEnd(text, i, len(text), isSpace)
	if start == len(text) {
		return start, true
	}
	if text[start] != ';' && strings.IndexByte(text[i:start], '\n') < 0 {
		return start, false
	}
	start = separatorsEnd(text, i)
	if start == len(text) {
		return start, true
	}
	word := text[start:argumentEnd(text, start)]
	_, known := lookup(table, word)
	return start, known && !rest && upper == (word[0] < 'a')
}

// argumentEnd returns the end of the argument that begins at i: at white space or
// a semicolon outside of quotes.
func argumentEnd(text string, i int) int {
	if quote(text[i]) {
		i = escapedEnd(text, i)
	}
	for i < len(text) && !has(text[i], isSpace) && text[i] != ';' {
		i++
	}
	return i
}

func separatorsEnd(text string, i int) int {
	for i < len(text) && (has(text[i], isSpace) || text[i] == ';') {
		i++
	}
	return i
}

func quote(c byte) bool { return c == '"' || c == '\'' }

// closed reports whether the argument has both its quotes.
func closed(argument string) bool {
	return !quote(argument[0]) || len(argument) > 1 && escapedEnd(argument, 0) == len(argument) && argument[len(argument)-1] == argument[0]
}

func commandName(word string) bool {
	for i := range len(word) {
		if word[i] >= 0x80 {
			return false
		}
	}
	return len(word) <= maxLookup && !has(word[0], isDigit) && word[0] != '$' && isPath(word)
}

func firstUpper(text string) bool {
	i := separatorsEnd(text, 0)
	return i < len(text) && text[i] >= 'A' && text[i] <= 'Z'
}
