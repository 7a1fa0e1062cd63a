package detect

// telegramBot finds the tokens of bots of Telegram: the number of the bot, a colon and
// 35 characters that begin with A, nearly always AA.
var telegramBot = &Detector{
	Name:     "telegram_bot",
	Summary:  "Telegram bot token",
	Evidence: "8 to 10 digits, a colon and exactly 35 characters that begin with A",
	digits:   []int{8, 9, 10},
	glued:    true,
	match: func(c *candidate) (Finding, bool) {
		const length = 35
		body := c.end + 1
		if body >= len(c.text) || c.text[c.end] != ':' || c.text[body] != 'A' {
			return Finding{}, false
		}
		// In URLs of the interface the word bot stands before it.
		if wordEndsAt(c.text, c.at) && (c.at < 3 || c.text[c.at-3:c.at] != "bot") {
			return Finding{}, false
		}
		end := url64.span(c.text, body, length+1)
		if end-body != length || !plausible("", c.text[body:end], false) {
			return Finding{}, false
		}
		return Finding{Start: c.at, End: end, Confidence: Certain}, true
	},
	sample: func() Sample { return bareSample("612345678:" + "AA" + noise(33)) },
}
