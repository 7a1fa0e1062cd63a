package contender

// patterns are the regular expressions that both rivals search, one for each
// kind of secret that a team would think of. The canaries need ten of them; the
// others are what a list for production has beside, and their cost belongs to
// the comparison. An operator has to write such a list: neither rival has one.
//
// The order matters, since each works on what the ones before it left.
var patterns = []string{
	// A block of a key; JSON writes its line breaks as two bytes.
	`(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----`,
	// JSON web tokens.
	`eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*`,
	// Authorization headers.
	`(?i)\b(?:bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}`,
	// User and password in a URL.
	`://[^/\s:@"]+:[^/\s@"]+@`,
	// Assignments, in text and JSON.
	`(?i)(?:password|passwd|pwd|secret|token|api_?key)\\?"?\s*[=:]\s*\\?"?[^\s"\\,;&}]+`,
	// Connection strings.
	`(?i)(?:AccountKey|SharedAccessKey)=[^;\s"]+`,
	// Tokens of vendors.
	`\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b`,
	`\bgh[pousr]_[A-Za-z0-9]{36,}`,
	`\bgithub_pat_[A-Za-z0-9_]{22,}`,
	`\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}`,
	`\bxox[abpors]-[A-Za-z0-9-]{10,}`,
	`\bglpat-[A-Za-z0-9_-]{20,}`,
	`\bAIza[A-Za-z0-9_-]{35}`,
	`\bSG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}`,
	`\bnpm_[A-Za-z0-9]{36}`,
	// Personal data.
	`\b(?:4\d{3}|5[1-5]\d{2}|2[2-7]\d{2}|6011)[ -]?\d{4}[ -]?\d{4}[ -]?\d{4}\b`,
	`\b3[47]\d{2}[ -]?\d{6}[ -]?\d{5}\b`,
	`\b\d{3}-\d{2}-\d{4}\b`,
	`\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b`,
	`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}`,
}

// secretKeys matches the keys whose values are secret whatever they are.
const secretKeys = `(?i)^(?:.*[._-])?(?:password|passwd|pwd|secret|token|api_?key|authorization|cookie)$`
