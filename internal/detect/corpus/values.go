package corpus

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// kinds are the values a template can draw. An argument of a length is a
// number of characters, or the least and the most of them.
var kinds = map[string]func(argument string) (part, error){
	"int":    newInt,
	"float":  newFloat,
	"digits": of("0123456789"),
	"hex":    of("0123456789abcdef"),
	"HEX":    of("0123456789ABCDEF"),
	"lower":  of("abcdefghijklmnopqrstuvwxyz"),
	"upper":  of("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
	"alnum":  of("abcdefghijklmnopqrstuvwxyz0123456789"),
	"base62": of("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"),
	"base32": of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
	"crock":  of("0123456789ABCDEFGHJKMNPQRSTVWXYZ"),
	"num":    newNumber,
	"b64":    newBase64(base64.StdEncoding),
	"b64url": newBase64(base64.RawURLEncoding),
	"uuid":   newUUID,
	"ip":     newIP,
	"ip6":    newIP6,
	"mac":    newMAC,
	"time":   newTime,
	"epoch":  newEpoch,
	"took":   newDuration,
}

// numbers reads the numbers of an argument.
func numbers(argument string, least, most int) ([]int64, error) {
	fields := strings.Fields(argument)
	if len(fields) < least || len(fields) > most {
		return nil, fmt.Errorf("has %d numbers; allowed are %d to %d", len(fields), least, most)
	}
	out := make([]int64, len(fields))
	for i, f := range fields {
		n, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%q is not a number", f)
		}
		out[i] = n
	}
	if len(out) > 1 && out[1] < out[0] {
		return nil, fmt.Errorf("ends at %d, before its beginning %d", out[1], out[0])
	}
	return out, nil
}

// between draws a number of the closed range; one number is a range of itself.
func between(n []int64, r *rand.Rand) int64 {
	return n[0] + r.Int64N(n[len(n)-1]-n[0]+1)
}

func newInt(argument string) (part, error) {
	n, err := numbers(argument, 2, 2)
	return func(line []byte, r *rand.Rand) []byte {
		return strconv.AppendInt(line, between(n, r), 10)
	}, err
}

// newFloat takes a range of integers and a number of decimals.
func newFloat(argument string) (part, error) {
	n, err := numbers(argument, 3, 3)
	return func(line []byte, r *rand.Rand) []byte {
		x := float64(n[0]) + r.Float64()*float64(n[1]-n[0])
		return strconv.AppendFloat(line, x, 'f', int(n[2]), 64)
	}, err
}

// of gives values of characters drawn from an alphabet.
func of(alphabet string) func(string) (part, error) {
	return func(argument string) (part, error) {
		n, err := numbers(argument, 1, 2)
		return func(line []byte, r *rand.Rand) []byte {
			for range between(n, r) {
				line = append(line, alphabet[r.IntN(len(alphabet))])
			}
			return line
		}, err
	}
}

// newNumber gives digits of which the first is not 0.
func newNumber(argument string) (part, error) {
	n, err := numbers(argument, 1, 2)
	return func(line []byte, r *rand.Rand) []byte {
		line = append(line, byte('1'+r.IntN(9)))
		for range between(n, r) - 1 {
			line = append(line, byte('0'+r.IntN(10)))
		}
		return line
	}, err
}

func draw(n int64, r *rand.Rand) []byte {
	raw := make([]byte, n)
	for i := range raw {
		raw[i] = byte(r.Uint32())
	}
	return raw
}

// newBase64 takes the length before encoding, in bytes.
func newBase64(encoding *base64.Encoding) func(string) (part, error) {
	return func(argument string) (part, error) {
		n, err := numbers(argument, 1, 2)
		return func(line []byte, r *rand.Rand) []byte {
			return encoding.AppendEncode(line, draw(between(n, r), r))
		}, err
	}
}

// newUUID gives version 4 of RFC 9562.
func newUUID(string) (part, error) {
	return func(line []byte, r *rand.Rand) []byte {
		id := draw(16, r)
		id[6] = id[6]&0x0f | 0x40
		id[8] = id[8]&0x3f | 0x80
		for i, length := range []int{4, 2, 2, 2, 6} {
			if i > 0 {
				line = append(line, '-')
			}
			line = hex.AppendEncode(line, id[:length])
			id = id[length:]
		}
		return line
	}, nil
}

// newIP gives addresses of private networks (RFC 1918) and of documentation
// (RFC 5737).
func newIP(string) (part, error) {
	return func(line []byte, r *rand.Rand) []byte {
		a := [4]byte(draw(4, r))
		switch r.IntN(8) {
		case 0:
			a[0], a[1] = 192, 168
		case 1:
			a[0], a[1] = 172, 16+a[1]%16
		case 2:
			a[0], a[1], a[2] = 192, 0, 2
		case 3:
			a[0], a[1], a[2] = 198, 51, 100
		case 4:
			a[0], a[1], a[2] = 203, 0, 113
		default:
			a[0] = 10
		}
		return netip.AddrFrom4(a).AppendTo(line)
	}, nil
}

// newIP6 gives addresses of documentation (RFC 3849) and of links.
func newIP6(string) (part, error) {
	return func(line []byte, r *rand.Rand) []byte {
		a := [16]byte(draw(16, r))
		if r.IntN(3) == 0 {
			copy(a[:], []byte{0xfe, 0x80, 0, 0, 0, 0, 0, 0})
		} else {
			copy(a[:], []byte{0x20, 0x01, 0x0d, 0xb8, 0, 0})
		}
		return netip.AddrFrom16(a).AppendTo(line)
	}, nil
}

// newMAC gives locally administered addresses.
func newMAC(string) (part, error) {
	return func(line []byte, r *rand.Rand) []byte {
		a := draw(6, r)
		a[0] = a[0]&0xfc | 0x02
		for i, b := range a {
			if i > 0 {
				line = append(line, ':')
			}
			line = hex.AppendEncode(line, []byte{b})
		}
		return line
	}, nil
}

// moment draws a time of the years 2008 to 2027, the age of the logs whose
// shapes are imitated.
func moment(r *rand.Rand) time.Time {
	const from, to = 1_199_145_600, 1_830_297_600
	return time.Unix(from+r.Int64N(to-from), r.Int64N(1e9)).UTC()
}

// newTime takes a layout of package time.
func newTime(layout string) (part, error) {
	return func(line []byte, r *rand.Rand) []byte {
		return moment(r).AppendFormat(line, layout)
	}, nil
}

// newEpoch takes the number of digits after the second: 0, 3, 6 or 9.
func newEpoch(argument string) (part, error) {
	n, err := numbers(argument, 1, 1)
	return func(line []byte, r *rand.Rand) []byte {
		digits := strconv.FormatInt(moment(r).UnixNano(), 10)
		return append(line, digits[:len(digits)-9+int(n[0])]...)
	}, err
}

// newDuration gives durations as Go writes them, of every magnitude from
// microseconds to minutes.
func newDuration(string) (part, error) {
	return func(line []byte, r *rand.Rand) []byte {
		most := time.Microsecond
		for range r.IntN(9) {
			most *= 10
		}
		return append(line, time.Duration(r.Int64N(int64(most))+1000).String()...)
	}, nil
}
