package detect

// sqlPassword finds passwords in statements that set one, wherever they are logged.
var sqlPassword = &Detector{
	Name:     "sql_password",
	Summary:  "password in a statement that sets one: IDENTIFIED BY 'x', ALTER ROLE r PASSWORD 'x', AUTH x",
	Evidence: "the words before the quoted value",
	anchors:  cases("identified by ", "password '", "password e'", "password n'", "password for ", "requirepass ", "masterauth "),
	match: func(c *candidate) (Finding, bool) {
		i := c.end
		if c.text[i-1] == '\'' {
			i--
		}
		start, delimiter := openingDelimiter(c.text, i)
		bare := lower(c.text[c.at]) == 'r' || lower(c.text[c.at]) == 'm' // Redis does not quote
		switch {
		case delimiter == "" && !bare, i == len(c.text):
			return Finding{}, false
		case delimiter == "":
			delimiter = " "
		}
		end := bareEnd(c.text, start)
		if !bare {
			end = closingDelimiter(c.text, start, delimiter)
		}
		if end == start || !reveals(c.text[start:end]) {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Likely}, true
	},
	sample: func() Sample {
		return Sample{Text: "CREATE USER shop IDENTIFIED BY '" + noise(12) + "'", Secret: noise(12)}
	},
}
