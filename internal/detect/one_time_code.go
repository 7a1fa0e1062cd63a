package detect

// oneTimeCode finds codes for a single login in messages: "Your verification code is
// 123456". Codes under a key (otp=123456) are secretAssignment's.
var oneTimeCode = &Detector{
	Name:     "one_time_code",
	Summary:  "code for a single login in a message: your verification code is ...",
	Evidence: "4 to 8 digits within 24 characters of the words, with nothing but is, your or code between",
	anchors:  append([]string{"OTP is", "OTP code", "2FA code"}, cases("verification code", "security code", "one-time", "passcode", "login code", "sign-in code", "confirmation code", "2fa code", "otp code", "otp is", "code is ")...),
	match: func(c *candidate) (Finding, bool) {
		if labelled(c.text, c.at, statusWords) {
			return Finding{}, false
		}
		// Only words such as "is" stand between: "code sent to user 17" names none.
		limit := min(len(c.text), c.end+contextRight)
		for i := c.end; i < limit && c.text[i] != '\n'; i++ {
			switch {
			case has(c.text[i], isDigit):
				end := span(c.text, i, maxCode, isDigit)
				if n := end - i; n < 4 || n > 8 || wordStartsAt(c.text, end) || behindSign(c.text, i) || end < len(c.text) && has(c.text[end], isDash) && wordStartsAt(c.text, end+1) {
					return Finding{}, false
				}
				return Finding{Start: i, End: end, Confidence: Likely}, true
			case has(c.text[i], isAlpha):
				end := span(c.text, i, contextRight, isAlpha)
				if !codeFillers[toLower(c.text[i:end])] {
					return Finding{}, false
				}
				i = end - 1
			}
		}
		return Finding{}, false
	},
	sample: func() Sample {
		return Sample{Text: "Your verification code is 314" + "159.", Secret: "314159"}
	},
}

// codeFillers stand between the words and the code.
var codeFillers = words(`is was your the code password passcode pin otp here use`)

// statusWords stand before codes that are none of a person.
var statusWords = words(`status exit error return response http result errno signal`)
