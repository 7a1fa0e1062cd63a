package detect

import "strings"

// passwordHash finds hashes of passwords as databases and files of users store them:
// the modular crypt format (bcrypt, MD5, SHA-256, SHA-512, yescrypt, Argon2, scrypt,
// Apache, PHPass), the schemes of LDAP, and those of Django, Werkzeug and PostgreSQL.
// One that was cut off may still be guessed at and counts.
var passwordHash = &Detector{
	Name:     "password_hash",
	Summary:  "hash of a password: bcrypt, Argon2, crypt, LDAP, Django, Werkzeug, SCRAM",
	Evidence: "the identifier of the scheme, its number of fields, and a last field of half of the hash's length",
	anchors: func() (all []string) {
		for _, s := range hashSchemes {
			all = append(all, s.prefix)
		}
		return all
	}(),
	match: func(c *candidate) (Finding, bool) {
		if c.found() || c.at > 0 && (c.text[c.at-1] == '$' || c.text[c.at] != '$' && wordEndsAt(c.text, c.at)) {
			return Finding{}, false
		}
		for _, s := range hashSchemes {
			if s.prefix != c.text[c.at:c.end] {
				continue
			}
			body := hashBody
			if s.colons {
				body = hashBodyColons
			}
			end := body.span(c.text, c.end, maxHash)
			for end > c.end && strings.IndexByte(".,:-", c.text[end-1]) >= 0 {
				end--
			}
			found := c.text[c.end:end]
			last := found[strings.LastIndexAny(found, "$}")+1:]
			if strings.Count(found, "$") < s.fields || len(last) < s.last || !plausible("", last, false) {
				return Finding{}, false
			}
			return Finding{Start: c.at, End: end, Confidence: Certain}, true
		}
		return Finding{}, false
	},
	sample: func() Sample { return bareSample("$" + "2b$12$" + base62.noise(53)) },
}

// maxHash bounds what is read of a hash; Argon2 with a key of 128 bytes has 400.
const maxHash = 512

var (
	hashBody       = alphabetOf("0-9A-Za-z./$=,+_}-")
	hashBodyColons = alphabetOf("0-9A-Za-z./$=,+_:-")
)

// hashScheme is one way to write a hash.
type hashScheme struct {
	prefix string
	// fields is how many signs of dollar stand behind the prefix at least, last how
	// many characters behind the last one.
	fields, last int
	// colons marks schemes with colons inside.
	colons bool
}

var hashSchemes = []hashScheme{
	{"$2a$", 1, 22, false}, {"$2b$", 1, 22, false}, {"$2x$", 1, 22, false}, {"$2y$", 1, 22, false},
	{"$argon2", 3, 16, false},
	{"$1$", 1, 11, false}, {"$apr1$", 1, 11, false}, {"$5$", 1, 22, false}, {"$6$", 1, 43, false},
	{"$md5$", 1, 11, false}, {"$sha1$", 2, 14, false}, {"$sm3$", 1, 22, false},
	{"$y$", 2, 22, false}, {"$gy$", 2, 22, false}, {"$7$", 1, 22, false}, {"$scrypt$", 2, 22, false},
	{"$P$", 0, 31, false}, {"$H$", 0, 31, false}, {"$S$", 0, 43, false},
	{"$pbkdf2", 3, 14, false}, {"$bcrypt-", 2, 16, false}, {"$8$", 1, 22, false}, {"$9$", 1, 22, false},
	{"{SHA", 0, 14, false}, {"{SSHA", 0, 14, false}, {"{SMD5}", 0, 14, false}, {"{PBKDF2", 0, 14, false},
	{"pbkdf2_sha", 3, 14, false}, {"pbkdf2:sha", 2, 20, true}, {"scrypt:", 2, 32, true},
	{"SCRAM-SHA-", 2, 28, true},
}
