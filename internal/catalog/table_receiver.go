package catalog

import "go.yaml.in/yaml/v3"

// receiverForm has one key for each kind of receiver, of which one is given.
var receiverForm = mapping("receiver", []field[Receiver]{
	at("name", "Name of the receiver.", text("the name of a receiver"), func(r *Receiver) *string { return &r.Name }).must(),
	kind(PagerDuty, "An integration of PagerDuty, Events API v2.",
		secret("routing_key_file", "the routing key of the integration")),
	kind(IncidentIO, "An alert source of incident.io.",
		at("url", "URL of the alert source.", page(), func(r *Receiver) *string { return &r.URL }).must(),
		secret("token_file", "the token of the alert source")),
	kind(Jira, "Issues of Jira.",
		at("url", "URL of Jira.", page(), func(r *Receiver) *string { return &r.URL }).must(),
		at("project", "Project of the issues.", text("the key of a project such as SHOP"), func(r *Receiver) *string { return &r.Project }).must(),
		at("issue_type", "Type of the issues. Default: Task.", text("a type of issues such as Task"), func(r *Receiver) *string { return &r.IssueType }),
		at("user", "User whose token it is, for Jira's cloud. Without one, the token is a personal access token.", text("the user whose token it is"), func(r *Receiver) *string { return &r.User }),
		secret("token_file", "the token")),
	kind(Slack, "A channel of Slack.",
		secret("webhook_url_file", "the URL of the incoming webhook"),
		at("channel", "Channel, where the webhook may choose one.", text(`a channel such as "#shop"`), func(r *Receiver) *string { return &r.Channel })),
	kind(Teams, "A channel of Microsoft Teams.",
		secret("webhook_url_file", "the URL of the workflow")),
	kindOf(Webhook, "A webhook of Alertmanager.", mapping("", []field[Receiver]{
		at("url", "URL of the webhook, without a secret in it.", page(), func(r *Receiver) *string { return &r.URL }),
		optional(secret("url_file", "the URL of the webhook")),
	}, one[Receiver]("url", "url_file"))),
	kindOf(Email, "E-mail.", mapping("", []field[Receiver]{
		at("to", "Who receives it.", mailboxes(), func(r *Receiver) *string { return &r.To }).must(),
		at("from", "Who sends it.", mailboxes(), func(r *Receiver) *string { return &r.From }).must(),
		at("smarthost", "Server that takes it.", hostPort(), func(r *Receiver) *string { return &r.Smarthost }).must(),
		at("user", "User at the server. Without one, nobody logs in.", text("the user at the server"), func(r *Receiver) *string { return &r.User }),
		optional(secret("password_file", "the password of the user")),
	}, only[Receiver]("user", "password_file"), only[Receiver]("password_file", "user"))),
	kind(Opsgenie, "Opsgenie, which ends on 2027-04-05.",
		secret("api_key_file", "the API key")),
}, one[Receiver](kindKeys()...), checked(func(_ *decoder, e entry, r *Receiver) {
	r.Line = e.node.Line
	if r.Kind == Jira && r.IssueType == "" {
		r.IssueType = "Task"
	}
}))

// kind is the key of a kind of receiver.
func kind(k ReceiverKind, about string, fields ...field[Receiver]) field[Receiver] {
	return kindOf(k, about, mapping("", fields))
}

func kindOf(k ReceiverKind, about string, settings form[Receiver]) field[Receiver] {
	f := at(string(k), about, settings, same[Receiver])
	read := f.read
	f.read = func(d *decoder, n *node, path string, to *Receiver) {
		to.Kind = k
		if n.Kind == yaml.ScalarNode && n.ShortTag() != "!!null" {
			// Somebody may have written the credential itself here.
			d.fail(n, path, notShown, settings.allowed)
			return
		}
		read(d, n, path, to)
	}
	return f
}

// secret is the key of the path of a file with a secret.
func secret(key, holds string) field[Receiver] {
	return at(key, "File with "+holds+".", secretFile(holds), func(r *Receiver) *string { return &r.Secret }).must()
}

func optional(f field[Receiver]) field[Receiver] {
	f.required = false
	return f
}

func kindKeys() []string {
	kinds := []ReceiverKind{PagerDuty, IncidentIO, Jira, Slack, Teams, Webhook, Email, Opsgenie}
	keys := make([]string, len(kinds))
	for i, k := range kinds {
		keys[i] = string(k)
	}
	return keys
}
