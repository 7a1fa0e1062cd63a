package detect

// discordBot finds the tokens of bots and users of Discord: base64 of the decimal id of
// the user, a time and a signature, joined by dots. It also finds the older tokens of
// users with a second factor.
var discordBot = &Detector{
	Name:     "discord_bot",
	Summary:  "Discord bot or user token",
	Evidence: "the first part is base64 of 17 to 20 digits, the others have 6 and 27 to 38 characters",
	anchors:  append(discordAnchors(), "mfa."),
	match: func(c *candidate) (Finding, bool) {
		if wordEndsAt(c.text, c.at) {
			return Finding{}, false
		}
		if c.text[c.at] == 'm' {
			const length = 84
			end := url64.span(c.text, c.end, length+1)
			return Finding{Start: c.at, End: end, Confidence: Certain}, end-c.end == length && varied(c.text[c.end:end])
		}
		dot := url64.span(c.text, c.at, maxDiscordID+1)
		if dot-c.at < minDiscordID || dot-c.at > maxDiscordID || !discordID(c.text[c.at:dot]) {
			return Finding{}, false
		}
		const time, least, most = 6, 27, 38
		sign := dot + 1 + time
		if sign >= len(c.text) || c.text[dot] != '.' || c.text[sign] != '.' || !url64.all(c.text[dot+1:sign]) {
			return Finding{}, false
		}
		end := url64.span(c.text, sign+1, most+1)
		if n := end - sign - 1; n < least || n > most {
			return Finding{}, false
		}
		return Finding{Start: c.at, End: end, Confidence: Certain}, true
	},
	sample: func() Sample { return bareSample("MTIzNDU2Nzg5" + "MDEyMzQ1Njc4." + url64.noise(6) + "." + noise(27)) },
}

// The lengths of 17 and of 20 digits in base64.
const (
	minDiscordID = 23
	maxDiscordID = 28
)

// discordAnchors are the three characters with which base64 of two digits and of a
// third one begins.
func discordAnchors() []string {
	var all []string
	for first := '1'; first <= '9'; first++ {
		for second := '0'; second <= '9'; second++ {
			const b64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
			a := string([]byte{b64[first>>2], b64[first&3<<4|second>>4], b64[second&15<<2]})
			all = append(all, a)
		}
	}
	return all
}

// discordID reports whether base64 without padding decodes to digits: each group of
// four characters has three of them.
func discordID(s string) bool {
	var group, n int
	for i := range len(s) {
		v := base64Value(s[i])
		if v < 0 {
			return false
		}
		group = group<<6 | v
		if n += 6; n >= 8 {
			n -= 8
			if b := byte(group >> n); !has(b, isDigit) {
				return false
			}
			group &= 1<<n - 1
		}
	}
	return true
}

// base64Value returns the value of a letter or digit in base64, or -1.
func base64Value(b byte) int {
	switch {
	case has(b, isUpper):
		return int(b - 'A')
	case has(b, isLower):
		return int(b-'a') + 26
	case has(b, isDigit):
		return int(b-'0') + 52
	}
	return -1
}
