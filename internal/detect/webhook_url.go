package detect

import (
	"slices"
	"strings"
)

// webhookURL finds the secret path of URLs that need no other credential: webhooks of
// chats and automations, and nodes of chains with their key in the path. The host and
// what names the kind stay readable.
var webhookURL = &Detector{
	Name:     "webhook_url",
	Summary:  "secret path of a webhook: Slack, Teams, Discord, Zapier, IFTTT, Make, Feishu, WeCom, PagerDuty; of an Infura or Alchemy node",
	Evidence: "the host and path of the service, and 8 characters or more behind them",
	anchors: func() (all []string) {
		for _, w := range webhooks {
			if !slices.Contains(all, w.anchor) {
				all = append(all, w.anchor)
			}
		}
		return all
	}(),
	match: func(c *candidate) (Finding, bool) {
		if c.found() {
			return Finding{}, false
		}
		for _, w := range webhooks {
			start, ok := pathBehind(c.text, c.at, w.prefix)
			if !ok || wordEndsAt(c.text, c.at) {
				continue
			}
			end := start
			for end < len(c.text) && end-start < maxWebhook && (webhookPath.has(c.text[end]) || escapedSlash(c.text, end)) {
				end++
			}
			for end > start && strings.IndexByte(".:/", c.text[end-1]) >= 0 {
				end--
			}
			if end-start < minWebhook || allSame(c.text[start:end]) {
				return Finding{}, false
			}
			return Finding{Start: start, End: end, Confidence: Certain}, true
		}
		return Finding{}, false
	},
	sample: func() Sample {
		secret := "T" + noise(8) + "/B" + noise(8) + "/" + noise(24)
		return Sample{Text: "https://hooks." + "slack.com/services/" + secret, Secret: secret}
	},
}

const (
	// minWebhook is the shortest secret path; maxWebhook bounds what is read.
	minWebhook = 8
	maxWebhook = 1024
)

var webhookPath = alphabetOf("0-9A-Za-z/_.@%+=:~-")

// webhooks are the services, by the beginning that the scanner looks for and what
// stands before the secret.
var webhooks = []struct{ anchor, prefix string }{
	{"hooks.sl", "hooks.slack.com/services/"},
	{"hooks.sl", "hooks.slack.com/workflows/"},
	{"hooks.sl", "hooks.slack.com/triggers/"},
	{"hooks.sl", "hooks.slack-gov.com/services/"},
	{"webhook.of", "webhook.office.com/webhookb2/"},
	{"outlook.of", "outlook.office.com/webhook/"},
	{"outlook.of", "outlook.office365.com/webhook/"},
	{"discord.c", "discord.com/api/webhooks/"},
	{"discord.c", "discord.com/api/v10/webhooks/"},
	{"discord.c", "discord.com/api/v9/webhooks/"},
	{"discord.c", "discord.com/api/v8/webhooks/"},
	{"discordapp.c", "discordapp.com/api/webhooks/"},
	{"hooks.zap", "hooks.zapier.com/hooks/catch/"},
	{"hooks.zap", "hooks.zapier.com/hooks/standard/"},
	{"maker.if", "maker.ifttt.com/"},
	{"hook.eu1", "hook.eu1.make.com/"},
	{"hook.eu2", "hook.eu2.make.com/"},
	{"hook.us1", "hook.us1.make.com/"},
	{"hook.us2", "hook.us2.make.com/"},
	{"hooks.air", "hooks.airtable.com/workflows/"},
	{"feis", "feishu.cn/open-apis/bot/v2/hook/"},
	{"larks", "larksuite.com/open-apis/bot/v2/hook/"},
	{"qya", "qyapi.weixin.qq.com/cgi-bin/webhook/send?key="},
	{"oapi.ding", "oapi.dingtalk.com/robot/send?access_token="},
	{"pagerd", "pagerduty.com/integration/"},
	{"hc-ping.c", "hc-ping.com/"},
	{"infur", "infura.io/v3/"},
	{"alchemy.c", "alchemy.com/v2/"},
}

// pathBehind returns the offset behind the prefix at i, whose slashes may be escaped
// as PHP does.
func pathBehind(text string, i int, prefix string) (int, bool) {
	for j := range len(prefix) {
		if prefix[j] == '/' && i < len(text) && text[i] == '\\' {
			i++
		}
		if i == len(text) || text[i] != prefix[j] {
			return i, false
		}
		i++
	}
	return i, true
}

func escapedSlash(text string, i int) bool {
	return text[i] == '\\' && i+1 < len(text) && text[i+1] == '/'
}
