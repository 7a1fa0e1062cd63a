package contender

import "github.com/open-telemetry/opentelemetry-collector-contrib/processor/redactionprocessor"

// Redaction returns the redaction processor with everything that widens its
// reach without rewriting what holds no secret: the patterns, secret keys, and
// numbers, arrays and maps as text.
//
// Its URL sanitizer stays off. It is no search for secrets but a guess at words
// that are none, and it goes over every log body that is text: see
// [RedactionSanitizing].
func Redaction() (Contender, error) {
	return configured("redaction", redactionprocessor.NewFactory(), redaction())
}

// RedactionSanitizing is [Redaction] with its sanitizers of URLs, SQL and span
// names too.
func RedactionSanitizing() (Contender, error) {
	settings := redaction()
	settings["url_sanitizer"] = map[string]any{
		"enabled":            true,
		"attributes":         []any{"url.full", "url.path", "http.url", "http.target"},
		"sanitize_span_name": true,
	}
	settings["db_sanitizer"] = map[string]any{
		"sanitize_span_name": true,
		"sql":                map[string]any{"enabled": true, "attributes": []any{"db.statement", "db.query.text"}},
	}
	return configured("redaction, sanitizing", redactionprocessor.NewFactory(), settings)
}

func redaction() map[string]any {
	values := make([]any, len(patterns))
	for i, p := range patterns {
		values[i] = p
	}
	return map[string]any{
		"allow_all_keys":       true,
		"redact_all_types":     true,
		"blocked_values":       values,
		"blocked_key_patterns": []any{secretKeys},
		"summary":              "silent",
	}
}
