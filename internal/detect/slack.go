package detect

// slack finds the tokens of Slack (api.slack.com, Token types). The session token
// xoxd- is percent-encoded. Webhooks are those of webhook_url.
var slack = tokens(&Detector{
	Name:     "slack",
	Summary:  "Slack token: bot, user, app, configuration, refresh, session",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("xoxb-", slackBody, "24").by("xox"),
	prefixed("xoxp-", slackBody, "24").by("xox"),
	prefixed("xoxa-", slackBody, "20").by("xox"),
	prefixed("xoxr-", slackBody, "20").by("xox"),
	prefixed("xoxe-", slackBody, "24").by("xox"),
	prefixed("xoxe.", slackBody, "24").by("xox"),
	prefixed("xoxo-", slackBody, "24").by("xox"),
	prefixed("xoxs-", slackBody, "24").by("xox"),
	prefixed("xoxc-", slackBody, "24").by("xox"),
	prefixed("xoxd-", slackEncoded, "24").by("xox"),
	prefixed("xapp-1-", slackBody, "40").by("xap"),
	prefixed("xapp-2-", slackBody, "40").by("xap"),
	prefixed("xwfp-", slackBody, "24"),
)

var (
	slackBody = alphabetOf("0-9A-Za-z.-")
	// slackEncoded is base64, mostly percent-encoded.
	slackEncoded = alphabetOf("0-9A-Za-z+/=.%-")
)
