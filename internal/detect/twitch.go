package detect

// twitch finds the tokens with which programs join the chat of Twitch: oauth: and
// 30 small letters and digits.
var twitch = tokens(&Detector{
	Name:     "twitch",
	Summary:  "Twitch chat token",
	Evidence: "exactly 30 small letters and digits behind oauth:",
},
	exactly("oauth:", lower36, "30").by("oau"),
)
