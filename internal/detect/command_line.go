package detect

import (
	"maps"
	"slices"
	"strings"
)

// commandLine finds secrets behind the flags of command lines: --password x, and the
// short flags of programs that take a password by one. Flags with a '=' are
// secretAssignment's.
var commandLine = &Detector{
	Name:     "command_line",
	Summary:  "secret behind a flag of a command: --password x, mysql -px, curl -u user:x, redis-cli -a x",
	Evidence: "the name of the flag, or the program and its flag",
	triggers: onDashes,
	anchors: append([]string{" --", "\t--", `"--`, "'--", "\n--", " -password ", " -passwd ", " -pw ", " -token ", " -secret ", " -api-key ", " -apikey "},
		slices.Sorted(maps.Keys(programs))...),
	match: func(c *candidate) (Finding, bool) {
		if strings.HasSuffix(c.text[c.at:c.end], "--") {
			return longFlag(c)
		}
		if strings.HasPrefix(c.text[c.at:c.end], " -") {
			c.end = c.at + len(" -") // a long flag with one dash
			f, ok := longFlag(c)
			return f, ok && !plainWord(c.text[f.Start:f.End])
		}
		shortFlags(c, programs[c.text[c.at:c.end]])
		return Finding{}, false
	},
	sample: func() Sample {
		return Sample{Text: "restore --host db.example.com --pass" + "word " + noise(12), Secret: noise(12)}
	},
}

// programs are those that take a secret behind a short flag, with these flags.
// A flag that ends in "=" has its value glued to it; one that ends in ":" takes
// user:password, glued or not.
var programs = map[string][]string{
	"mysql": {"-p="}, "mariadb": {"-p="}, "sshpass ": {"-p", "-p="}, "redis-cli": {"-a"}, "mongo": {"-p"}, "ldapsearch": {"-w"}, "rabbitmqadmin": {"-p"},
	"curl ": {"-u:", "-U:", "--user:", "--proxy-user:"}, "docker login": {"-p"}, "podman login": {"-p"}, "az login": {"-p"}, "sqlcmd ": {"-P", "-P="},
	"keytool ": {"-storepass", "-keypass", "-srcstorepass", "-deststorepass"}, "jarsigner ": {"-storepass", "-keypass"}, "etcdctl ": {"--user:"},
}

// maxCommand bounds how far behind the program its flags are looked for.
const maxCommand = 512

// longFlag looks at --name value.
func longFlag(c *candidate) (Finding, bool) {
	name := c.end + nameEnd(c.text[c.end:])
	if name == c.end || name == len(c.text) {
		return Finding{}, false
	}
	value, ok := argumentAfter(c.text, name)
	key := c.pass.scanner.Key(c.text[c.end:name])
	if !ok || !key.is(keySecret|keyToken|keyPass|keyCode|keyAuthorization) {
		return Finding{}, false
	}
	v, end := value, argumentEnd(c.text, value)
	if found := c.text[v:end]; found == "" || found[0] == '-' || !reveals(found) || !secretUnder(key, found) && !key.is(keyAuthorization) {
		return Finding{}, false
	}
	return Finding{Start: v, End: end, Confidence: Likely}, true
}

// argumentAfter returns where the argument behind the one that ends at i begins: it
// is parted by blanks, or is the next string of an array.
func argumentAfter(text string, i int) (int, bool) {
	next := i
	for next < len(text) && (text[next] == ' ' || text[next] == '\t' || text[next] == '"' || text[next] == '\'' || text[next] == ',') {
		next++
	}
	return next, next > i && next < len(text) && text[i] != '='
}

// argumentEnd returns the end of an argument: that of the quotes around it, or of
// the word.
func argumentEnd(text string, i int) int {
	if i > 0 && (text[i-1] == '"' || text[i-1] == '\'') {
		return closingDelimiter(text, i, text[i-1:i])
	}
	return bareEnd(text, i)
}

// shortFlags adds the secrets behind the short flags of a program.
func shortFlags(c *candidate, flags []string) {
	text := window(c.text, 0, c.end+maxCommand)
	for i := c.end; i < len(text) && text[i] != '\n' && text[i] != '|' && text[i] != ';'; i++ {
		if text[i] != '-' || !has(text[i-1], isSpace) && text[i-1] != '"' && text[i-1] != '\'' {
			continue
		}
		for _, f := range flags {
			start, ok := flagArgument(c.text, i, f)
			if !ok || start >= len(c.text) {
				continue
			}
			end := argumentEnd(c.text, start)
			if colon := strings.IndexByte(c.text[start:end], ':'); strings.HasSuffix(f, ":") {
				if colon < 0 {
					continue
				}
				start += colon + 1
			}
			if found := c.text[start:end]; reveals(found) && found[0] != '-' && !has(found[0], isSpace) {
				c.pass.add(c.detector, Finding{Start: start, End: end, Confidence: Likely})
			}
		}
	}
}

// flagArgument returns where the argument of a flag begins, if it stands at i.
func flagArgument(text string, i int, flag string) (int, bool) {
	name := strings.TrimRight(flag, "=:")
	kind, short := flag[len(name):], len(name) == len("-u")
	behind := i + len(name)
	if letters := span(text, i+1, maxPadding, isAlpha); kind == ":" && short && letters > behind && text[letters-1] == name[1] {
		behind = letters // -sku jane:x
	} else if !strings.HasPrefix(text[i:], name) {
		return 0, false
	}
	next := at(text, behind)
	quote := next == '"' || next == '\''
	switch {
	case quote && text[i-1] != next:
		return behind + 1, true // -p'x'
	case next == '=':
		if b := at(text, behind+1); b == '"' || b == '\'' {
			behind++
		}
		return behind + 1, true
	case short && kind != "" && !quote && next != ',' && !has(next, isSpace):
		return behind, true
	case kind == "=":
		return 0, false
	}
	return argumentAfter(text, behind)
}

// Argument returns what an argument of a command line is, judged by the one before
// it: --password x, -password x.
func (s *Scanner) Argument(before string) KeyClass {
	name := strings.TrimLeft(before, "-")
	if name == before || strings.ContainsAny(name, "= ") {
		return KeyClass{}
	}
	return s.Key(name)
}
