package detect

import "strings"

// homePath finds the names of users in the paths of their home directories, and
// replaces only them. Accounts of services and images are no persons.
var homePath = &Detector{
	Name:     "home_path",
	Summary:  "name of a user in a path: /home/x/, /Users/x/, C:\\Users\\x\\",
	Evidence: "a directory below /home, /Users or \\Users that belongs to no service account",
	Packs:    []string{"gdpr"},
	anchors:  []string{"/home/", "/Users/", `Users\`, `%2Fhome%2F`, `%2FUsers%2F`},
	match: func(c *candidate) (Finding, bool) {
		start := c.end
		for start < len(c.text) && c.text[start] == '\\' {
			start++ // escaped in a string
		}
		end := start
		for end < len(c.text) && end-start <= maxUser && (has(c.text[end], isWord|isDash) || c.text[end] >= 0x80) {
			end++
		}
		name := c.text[start:end]
		if end == start || end-start > maxUser || impersonalHomes[toLower(name)] || !lettered(name) || !pathBegins(c.text, c.at) {
			return Finding{}, false
		}
		// Behind the name of a directory the path goes on, or ends.
		if next := at(c.text, end); has(next, isAlnum) || next == '=' || next == '(' {
			return Finding{}, false
		}
		return Finding{Start: start, End: end, Confidence: Likely}, true
	},
	canonical: trimmedLower,
	sample:    func() Sample { return Sample{Text: "open /home/" + "jdoe" + "/notes.txt", Secret: "jdoe"} },
}

// maxUser is the longest name of a user on Linux; Windows has 20 characters.
const maxUser = 32

// impersonalHomes are directories that belong to images, services and nobody.
var impersonalHomes = words(`
	app apps appuser runner root ubuntu ec2-user node user users vagrant admin administrator jenkins circleci vsts git github gitlab-runner linuxbrew
	shared public default all container containeradministrator containeruser nobody nonroot www-data www deploy deployer vcap airflow spark hadoop jovyan coder
	vscode opc azureuser centos debian fedora rocky alpine pi gradle maven java php python ruby static web api service postgres mysql redis nginx elastic kibana logstash
	dashboard index home assets images css js login logout settings profile products search about
`)

// pathBegins reports whether the directory at i stands at the root of a file
// system, not within the path of a URL or of a request.
func pathBegins(text string, i int) bool {
	if strings.HasPrefix(text[i:], `Users\`) {
		return i > 0 && text[i-1] == '\\'
	}
	if wordEndsAt(text, i) || i > 0 && has(text[i-1], isDash|isUnderscore) {
		return false
	}
	for _, method := range [...]string{"GET ", "POST ", "PUT ", "HEAD ", "PATCH ", "DELETE ", "OPTIONS "} {
		if strings.HasSuffix(text[:i], method) {
			return false
		}
	}
	return true
}
