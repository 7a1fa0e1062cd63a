package reading

import (
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// rpcStatus is what a remote procedure call came to, an index of rpcStatuses. It
// is a closed set, so that it is kept where there are too many series.
type rpcStatus uint8

// The statuses: those of gRPC, which Connect and Dubbo's Triple protocol have too,
// in the order of their numbers; one for failures that tell no code, or none that
// is known; those of Dubbo 2; and the codes that JSON-RPC 2.0 defines or leaves to
// servers, -32000 down to -32099. Codes of applications read ERROR.
const (
	rpcUntold rpcStatus = iota
	rpcOK
	rpcUnknown      = rpcOK + 2
	rpcLastGRPC     = rpcOK + 16
	rpcError        = rpcLastGRPC + 1
	rpcFirstDubbo   = rpcError + 1
	rpcFirstJSON    = rpcFirstDubbo + 9
	rpcServerJSON   = rpcFirstJSON + 5
	rpcStatusesSize = int(rpcServerJSON) + jsonServerErrors
)

const jsonServerErrors = 100

var rpcStatuses = func() (names [rpcStatusesSize]string) {
	n := copy(names[:], []string{
		"",
		"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
		"PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE",
		"UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
		"ERROR",
		"CLIENT_TIMEOUT", "SERVER_TIMEOUT", "BAD_REQUEST", "BAD_RESPONSE", "SERVICE_NOT_FOUND",
		"SERVICE_ERROR", "SERVER_ERROR", "CLIENT_ERROR", "SERVER_THREADPOOL_EXHAUSTED_ERROR",
		"-32700", "-32600", "-32601", "-32602", "-32603",
	})
	for i := range jsonServerErrors {
		names[n+i] = strconv.Itoa(-32000 - i)
	}
	return names
}()

// dubboNumbers are the numbers of the statuses from rpcFirstDubbo on.
var dubboNumbers = [...]int64{30, 31, 40, 50, 60, 70, 80, 90, 100}

func (s rpcStatus) String() string { return rpcStatuses[s] }

// isServerError reports whether a server failed, by the semantic conventions for
// SERVER spans of gRPC, Connect, Dubbo and JSON-RPC.
func (s rpcStatus) isServerError() bool {
	if s >= rpcFirstJSON {
		return true
	}
	switch s.String() {
	case "UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS",
		"ERROR", "SERVER_TIMEOUT", "SERVICE_ERROR", "SERVER_ERROR", "SERVER_THREADPOOL_EXHAUSTED_ERROR":
		return true
	default:
		return false
	}
}

// rpcCode is a code as an attribute tells it: a number, or text.
type rpcCode struct {
	text   string
	number int64
	source codeSource // codeUntold: there is none
}

// codeSource says whose numbers an attribute has.
type codeSource uint8

const (
	codeUntold codeSource = iota
	codeOfJSONRPC
	codeOfGRPC
	codeOfSystem // those of rpc.system.name
)

// codeSources are the attributes that tell a code. The last one wins.
var codeSources = [...]struct {
	attribute attribute
	source    codeSource
}{
	{rpcJSONRPCErrorCode, codeOfJSONRPC},
	{rpcConnectErrorCode, codeOfGRPC},
	{rpcGRPCStatusCode, codeOfGRPC},
	{rpcResponseStatusCode, codeOfSystem},
}

func (c *rpcCode) offer(value pcommon.Value, source codeSource) {
	switch value.Type() {
	case pcommon.ValueTypeInt:
		*c = rpcCode{number: value.Int(), source: source}
	case pcommon.ValueTypeStr:
		if s := value.Str(); s != "" {
			n, isNumber := number(s)
			*c = rpcCode{number: n, source: source}
			if !isNumber {
				c.text = s
			}
		}
	}
}

// number reads up to 9 digits with a sign.
func number(s string) (n int64, ok bool) {
	digits := s
	if digits[0] == '-' {
		digits = digits[1:]
	}
	if digits == "" || len(digits) > 9 {
		return 0, false
	}
	for i := range len(digits) {
		if !isDigit(digits[i]) {
			return 0, false
		}
		n = n*10 + int64(digits[i]-'0')
	}
	if len(digits) < len(s) {
		n = -n
	}
	return n, true
}

// status is the code's, rpcUntold if there is none or it says nothing that is
// known.
func (c *rpcCode) status(system string) rpcStatus {
	switch {
	case c.source == codeUntold:
		return rpcUntold
	case c.text != "":
		return statusOfText(c.text)
	case c.source == codeOfJSONRPC || system == "jsonrpc":
		return statusOfJSONRPC(c.number)
	case c.source == codeOfSystem && system == "dubbo":
		return statusOfDubbo(c.number)
	case c.number >= 0 && c.number <= int64(rpcLastGRPC-rpcOK):
		return rpcOK + rpcStatus(c.number)
	case c.source == codeOfGRPC || system == "grpc":
		return rpcUnknown // as gRPC reads a code that it does not know
	default:
		return rpcError
	}
}

func statusOfJSONRPC(n int64) rpcStatus {
	switch {
	case n <= -32000 && n > -32000-jsonServerErrors:
		return rpcServerJSON + rpcStatus(-32000-n)
	case n == -32700:
		return rpcFirstJSON
	case n <= -32600 && n >= -32603:
		return rpcFirstJSON + 1 + rpcStatus(-32600-n)
	default:
		return rpcError
	}
}

func statusOfDubbo(n int64) rpcStatus {
	if n == 20 {
		return rpcOK
	}
	for i, number := range dubboNumbers {
		if n == number {
			return rpcFirstDubbo + rpcStatus(i)
		}
	}
	return rpcError
}

// statusOfText knows a name in any spelling: NOT_FOUND, not_found, NotFound, and
// canceled with one l.
func statusOfText(text string) rpcStatus {
	var b [40]byte
	n := 0
	for i := range len(text) {
		c := text[i]
		if c == '_' || c == '-' || c == ' ' {
			continue
		}
		if n == len(b) {
			return rpcUntold
		}
		if 'a' <= c && c <= 'z' {
			c -= 'a' - 'A'
		}
		b[n] = c
		n++
	}
	return statusesByLetters[string(b[:n])]
}

// statusesByLetters has the statuses that have names, by their letters alone.
var statusesByLetters = func() map[string]rpcStatus {
	m := map[string]rpcStatus{"CANCELED": rpcOK + 1, "SUCCESS": rpcOK}
	for s := rpcOK; s < rpcFirstJSON; s++ {
		letters := ""
		for _, c := range s.String() {
			if c != '_' {
				letters += string(c)
			}
		}
		m[letters] = s
	}
	return m
}()
