package detect

import "strings"

// userID finds identifiers of users under their keys. They are what records are
// joined by, so a policy should make pseudonyms of them.
var userID = &Detector{
	Name:     "user_id",
	Summary:  "identifier or login of a user: user.id, user.name, enduser.id, user.hash",
	Evidence: "a key that names a user; policies should use the action pseudonym, which keeps records joinable",
	Packs:    []string{"gdpr"},
	keys: words(`userid userids useruid useruuid username usernames userlogin userhash enduserid enduserpseudoid pseudoid loginname loginid screenname
		customerid visitorid anonymousid profileid`),
	// Kubernetes calls its own accounts system:...
	under:     wholeIf(func(value string) bool { return worded(value) && !strings.HasPrefix(value, "system:") }),
	canonical: trimmedLower,
	sample:    func() Sample { return Sample{Key: "user.id", Text: "jdoe" + "-4711", Secret: "jdoe" + "-4711"} },
}
