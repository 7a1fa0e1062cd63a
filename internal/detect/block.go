package detect

import "strings"

// blockScalar reports whether a block scalar of YAML begins at i: the sign "|" or
// ">", perhaps with an indicator, and the end of the line.
func blockScalar(text string, i int) bool {
	if i == len(text) || text[i] != '|' && text[i] != '>' {
		return false
	}
	for i++; i < len(text) && strings.IndexByte("+-0123456789", text[i]) >= 0; i++ {
	}
	return strings.HasPrefix(text[i:], "\n") || strings.HasPrefix(text[i:], "\r\n")
}

// blockEnd returns the range of the block scalar that the key before op has and
// whose sign is at i: the lines that are further in than the key's.
func blockEnd(text string, op, i int) (start, end int) {
	key, _ := keyBefore(text, op)
	line := strings.LastIndexByte(text[:key], '\n') + 1
	outside := span(text, line, key-line, isSpace|isDash) - line
	start = i + strings.IndexByte(text[i:], '\n') + 1
	for end = start; end < len(text); {
		next := len(text)
		if n := strings.IndexByte(text[end:], '\n'); n >= 0 {
			next = end + n + 1
		}
		if inside := span(text, end, next-end, isSpace); inside < next && inside-end <= outside {
			break
		}
		end = next
	}
	for start < end && has(text[start], isSpace) {
		start++
	}
	for end > start && has(text[end-1], isSpace) {
		end--
	}
	return start, end
}
