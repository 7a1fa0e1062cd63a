package lookalike

import (
	"encoding/base64"
	"hash/crc32"
	"strings"
)

func (m maker) jwt() Secret {
	encode := base64.RawURLEncoding.EncodeToString
	header := encode([]byte(`{"alg":"HS256","typ":"JWT"}`))
	payload := encode([]byte(`{"sub":"` + m.word(12) + `","scope":"shop"}`))
	signature := m.pick(alnum, 43) // 32 bytes of HMAC-SHA256
	token := strings.Join([]string{header, payload, signature}, ".")
	return Secret{
		Kind: "jwt", Key: "session.jwt", Value: token,
		Text:  "session " + token + " refreshed",
		Parts: []string{payload, signature},
	}
}

func (m maker) privateKey() Secret {
	lines := []string{"MIIE" + m.pick(alnum, 60), m.pick(alnum, 64), m.pick(alnum, 64), m.pick(alnum, 64)}
	label := "RSA " + "PRIVATE KEY-----"
	pem := "-----BEGIN " + label + "\n" + strings.Join(lines, "\n") + "\n-----END " + label
	return Secret{
		Kind: "private_key_pem", Key: "tls.client.key", Value: pem,
		Text:  "loaded the client key\n" + pem + "\nfrom disk",
		Parts: lines,
	}
}

func (m maker) awsAccessKeyID() Secret {
	id := "AK" + "IA" + m.pick(base32, 16)
	return Secret{
		Kind: "aws_access_key_id", Key: "aws.credentials", Value: id,
		Text:  "upload signed with " + id + " was refused",
		Parts: []string{id},
	}
}

func (m maker) githubToken() Secret {
	secret := m.pick(alnum, 30)
	token := "gh" + "p_" + secret + base62(crc32.ChecksumIEEE([]byte(secret)))
	return Secret{
		Kind: "github", Key: "vcs.credentials", Value: token,
		Text:  "cloned the theme with " + token + " in 2 s",
		Parts: []string{token},
	}
}

// base62 writes the checksum as GitHub does at the end of its tokens: six
// digits, padded with zeros.
func base62(sum uint32) string {
	b := []byte("000000")
	for i := len(b) - 1; sum > 0; i-- {
		b[i] = alnum[sum%62]
		sum /= 62
	}
	return string(b)
}

func (m maker) stripeKey() Secret {
	key := "sk_" + "live_" + m.pick(alnum, 24)
	return Secret{
		Kind: "stripe", Key: "payment.provider.credentials", Value: key,
		Text:  "provider client built with " + key + " again",
		Parts: []string{key},
	}
}

func (m maker) passwordAssignment() Secret {
	password := m.word(16)
	return Secret{
		Kind: "secret_assignment", Key: "password", Value: password,
		Text:  "login failed user=clerk password=" + password + " attempt=3",
		Parts: []string{password},
	}
}

func (m maker) passwordInJSON() Secret {
	password := m.word(16)
	return Secret{
		Kind: "secret_assignment", Key: "client_secret", Value: password,
		Text:  `{"user":"clerk","password":"` + password + `","remember":true}`,
		Parts: []string{password},
	}
}
