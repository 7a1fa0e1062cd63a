package detect

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math/big"
	"strings"
	"sync"
)

func init() { moreFakes = append(moreFakes, sync.OnceValue(tokenFakes)) }

// tokenFakes are the look-alikes of the forms of tokens. Those of the first form of
// hugging_face are huggingface.1, huggingface.1.cut (half of it), huggingface.1.short,
// huggingface.1.x (a placeholder) and huggingface.1.prefix.
func tokenFakes() map[string]string {
	uuid := (&form{body: lowerHex, layout: uuidLayout}).example()
	all := map[string]string{
		"hex32":     lowerHex.noise(32),
		"hex40":     lowerHex.noise(40),
		"hex64":     lowerHex.noise(64),
		"uuid":      uuid,
		"n40":       noise(40),
		"n43":       noise(43),
		"n24":       noise(24),
		"n12":       noise(12),
		"fk":        url64.noise(32),
		"adopat":    lower36.noise(52),
		"essu":      "es" + "su_" + noise(60),
		"idkey":     base64.StdEncoding.EncodeToString([]byte(noise(20) + ":" + noise(22))),
		"wgkey":     base64.StdEncoding.EncodeToString([]byte(noise(32))),
		"wif":       base58Encode(append([]byte{0x80}, noise(32)...)),
		"wifbad":    "5" + "H" + base58.noise(49),
		"xprv":      base58Encode(append([]byte{0x04, 0x88, 0xad, 0xe4}, noise(74)...)),
		"xpub":      base58Encode(append([]byte{0x04, 0x88, 0xb2, 0x1e}, noise(74)...)),
		"bcrypt":    "$" + "2b$12$" + base62.noise(53),
		"bcryptcut": "$" + "2b$12$" + base62.noise(30),
		"argon":     "$" + "argon2id$v=19$m=65536,t=3,p=4$" + noise(22) + "$" + noise(43),
		"sha512":    "$" + "6$" + noise(12) + "$" + noise(86),
		"sha256":    "$" + "5$rounds=5000$" + noise(12) + "$" + noise(43),
		"md5":       "$" + "1$" + noise(8) + "$" + noise(22),
		"yescrypt":  "$" + "y$j9T$" + noise(22) + "$" + noise(43),
		"ssha":      "{SS" + "HA}" + noise(32),
		"django":    "pbkdf2" + "_sha256$600000$" + noise(22) + "$" + noise(43) + "=",
		"werkzeug":  "scrypt" + ":32768:8:1$" + noise(16) + "$" + lowerHex.noise(128),
		"sas":       noise(43) + "%3D",
		"telegram":  "612345678" + ":AA" + noise(33),
		"discord":   "MTIzNDU2Nzg5" + "MDEyMzQ1Njc4." + url64.noise(6) + "." + noise(27),
		"fbapp":     "1308742762612587" + "|" + noise(27),
		"asana1":    "1/" + decimal.noise(16) + ":" + lowerHex.noise(32),
		"asana2":    "2/" + decimal.noise(16) + "/" + decimal.noise(16) + ":" + lowerHex.noise(32),
		"mailgun":   "key" + "-" + lowerHex.noise(32),
		"mailgun3":  (&form{body: lowerHex, layout: "32-8-8"}).example(),
		"slackhook": "T" + noise(8) + "/B" + noise(8) + "/" + noise(24),
		"teamshook": uuid + "@" + uuid + "/IncomingWebhook/" + lowerHex.noise(32) + "/" + uuid,
		"phrase":    strings.Repeat("zoo ", 11) + "wrong",
		"phrasebad": strings.Repeat("zoo ", 11) + "zoo",
		"phrase11":  strings.Repeat("zoo ", 10) + "wrong",
		"ssh2":      ssh2Begin + "\nComment: \"2048-bit RSA\"\n" + noise(64) + "\n" + noise(64) + "\n" + ssh2End,
		"ssh2cut":   ssh2Begin + "\n" + noise(64) + "\n" + noise(20),
	}
	for name, forms := range formsOf {
		for i := range forms {
			f := &forms[i]
			full := f.example()
			head, body := full[:f.before+len(f.prefix)], full[f.before+len(f.prefix):]
			key := fmt.Sprintf("%s.%d", strings.ReplaceAll(name, "_", ""), i+1)
			all[key] = full
			all[key+".cut"] = head + body[:(len(body)*6+9)/10]
			all[key+".short"] = head[1:] + body[:len(body)/4]
			if f.before == 0 {
				all[key+".short"] = head + body[:len(body)/4]
			}
			all[key+".x"] = head + strings.Repeat("x", len(body))
			all[key+".prefix"] = f.prefix
		}
	}
	return all
}

// base58Encode appends the checksum and encodes.
func base58Encode(payload []byte) string {
	first := sha256.Sum256(payload)
	second := sha256.Sum256(first[:])
	n, digit, text := new(big.Int).SetBytes(append(payload, second[:4]...)), new(big.Int), ""
	for n.Sign() > 0 {
		n.DivMod(n, big.NewInt(58), digit)
		text = string(base58Digits[digit.Int64()]) + text
	}
	return text
}
