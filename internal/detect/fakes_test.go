package detect

import (
	"encoding/base64"
	"hash/crc32"
	"maps"
	"regexp"
	"strings"
	"testing"
)

// Look-alikes are assembled here, so that no scanner finds one in the
// repository. Case files name them in double braces: {{visa}}.
func fakes() map[string]string {
	b64 := base64.RawURLEncoding.EncodeToString
	noise := func(n int) string {
		const letters = "q7Wd2Kx9Lm4Tz8Rb3Vn6Yc1Hs5Jf0Gp"
		return strings.Repeat(letters, n/len(letters)+1)[:n]
	}
	pem := func(label, newline string) string {
		dashes := strings.Repeat("-", 5)
		return dashes + "BEGIN " + label + dashes + newline +
			noise(64) + newline + noise(64) + newline + noise(20) + "==" + newline +
			dashes + "END " + label + dashes
	}
	header := b64([]byte(`{"alg":"HS256","typ":"JWT"}`))
	payload := b64([]byte(`{"sub":"1234567890","name":"A"}`))
	all := map[string]string{
		"visa":     withLuhn("4" + strings.Repeat("1", 14)),
		"visa13":   withLuhn("4" + strings.Repeat("2", 11)),
		"visa19":   withLuhn("4" + strings.Repeat("3", 17)),
		"amex":     withLuhn("37" + "8282246310" + "00"),
		"master":   withLuhn("55" + strings.Repeat("4", 13)),
		"master2":  withLuhn("2223" + strings.Repeat("0", 11)),
		"diners":   withLuhn("36" + "700102000" + "00"),
		"discover": withLuhn("6011" + "000990139" + "42"),
		"jcb":      withLuhn("3530" + "111333300" + "00"),
		"ssn":      "219" + "-" + "09" + "-" + "9998",
		"ssn9":     "219" + "09" + "9998",
		"jwt":      header + "." + payload + "." + noise(43),
		"jwtcut":   header + "." + payload,
		"jwe":      b64([]byte(`{"alg":"dir","enc":"A256GCM"}`)) + ".." + noise(16) + "." + noise(30) + "." + noise(22),
		"nojwt":    b64([]byte(`{"typ":"none of it"}`)) + "." + payload + "." + noise(43),
		"pem":      pem("RSA PRIVATE KEY", "\n"),
		"pemesc":   pem("PRIVATE KEY", `\n`),
		"pemcut":   strings.TrimSuffix(pem("EC PRIVATE KEY", "\n"), strings.Repeat("-", 5)+"END EC PRIVATE KEY"+strings.Repeat("-", 5)),
		"esc":      "\x1b",
		"pemheaders": strings.Repeat("-", 5) + "BEGIN RSA PRIVATE KEY" + strings.Repeat("-", 5) +
			"\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0123456789ABCDEF\n\n" + noise(64) + "\n" + noise(64),
		"pgp":       pem("PGP PRIVATE KEY BLOCK", "\n"),
		"pub":       pem("PUBLIC KEY", "\n"),
		"cert":      pem("CERTIFICATE", "\n"),
		"akia":      "AK" + "IA" + "Q7WD2KX3LM4TZ2RB",
		"asia":      "AS" + "IA" + "Q7WD2KX3LM4TZ2RB",
		"aroa":      "AR" + "OA" + "Q7WD2KX3LM4TZ2RB",
		"ghp":       "gh" + "p_" + withCRC(noise(30)),
		"ghpbad":    "gh" + "p_" + noise(36),
		"ghpcut":    "gh" + "s_" + noise(24),
		"ghpat":     "github" + "_pat_" + noise(22) + "_" + noise(59),
		"sk":        "sk" + "_live_" + noise(24),
		"rk":        "rk" + "_test_" + noise(24),
		"pk":        "pk" + "_live_" + noise(24),
		"whsec":     "wh" + "sec_" + noise(32),
		"token":     noise(32),
		"basic":     base64.StdEncoding.EncodeToString([]byte("aladdin:" + "opensesame")),
		"notbasic":  base64.StdEncoding.EncodeToString([]byte("no colon in it")),
		"nl":        "\n",
		"tab":       "\t",
		"long":      strings.Repeat("a", 300),
		"nonluhn":   "4" + strings.Repeat("1", 14) + "2",
		"hdfsblock": withLuhn("470268477467805" + "708"),
	}
	for _, more := range moreFakes {
		maps.Copy(all, more())
	}
	for name, value := range all {
		if len(value) >= 4 {
			all[name+".last4"] = value[len(value)-4:]
		}
	}
	std := base64.StdEncoding.EncodeToString
	all["b64json"] = std([]byte(`{"user":"x","pass` + `word":"` + noise(12) + `"}`))
	all["b64mail"] = std([]byte("write to jane" + "@example.com today"))
	all["b64pem"] = std([]byte(all["pem"]))
	all["b64clean"] = std([]byte(`{"page":17,"sort":"price","dir":"asc"}`))
	all["visa.spaced"] = grouped4(all["visa"], " ")
	all["visa.dashed"] = grouped4(all["visa"], "-")
	a := all["amex"]
	all["amex.spaced"] = a[:4] + " " + a[4:10] + " " + a[10:]
	return all
}

func grouped4(pan, separator string) string {
	return pan[:4] + separator + pan[4:8] + separator + pan[8:12] + separator + pan[12:]
}

// withLuhn appends the check digit.
func withLuhn(digits string) string {
	for check := byte('0'); check <= '9'; check++ {
		if luhn([]byte(digits + string(check))) {
			return digits + string(check)
		}
	}
	panic("no check digit for " + digits)
}

// withCRC appends the checksum of a classic GitHub token.
func withCRC(body string) string {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	sum, check := crc32.ChecksumIEEE([]byte(body)), ""
	for range 6 {
		check = string(alphabet[sum%62]) + check
		sum /= 62
	}
	return body + check
}

var braces = regexp.MustCompile(`\{\{([a-z0-9.]+)\}\}`)

// fill replaces the names in double braces.
func fill(t testing.TB, text string) string {
	all := allFakes()
	return braces.ReplaceAllStringFunc(text, func(m string) string {
		value, ok := all[m[2:len(m)-2]]
		if !ok {
			t.Fatalf("no fake is named %s", m)
		}
		return value
	})
}
