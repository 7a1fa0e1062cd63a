package detect

// launchdarkly finds the SDK keys of LaunchDarkly: sdk- and a UUID. Its access tokens
// (api-) and mobile keys (mob-) look like the identifiers of other systems and count
// only where the context names it.
var launchdarkly = weighed(tokens(&Detector{
	Name:     "launchdarkly",
	Summary:  "LaunchDarkly SDK key; access token or mobile key near its name",
	Evidence: "a UUID behind sdk-; behind api- and mob- only where the context names LaunchDarkly",
	context:  words(`launchdarkly featureflags featureflag ldclient`),
},
	exactly("sdk-", lowerHex, uuidLayout),
	exactly("api-", lowerHex, uuidLayout),
	exactly("mob-", lowerHex, uuidLayout),
))

// weighed has the context decide about all forms but the first.
func weighed(d *Detector) *Detector {
	forms := d.match
	first := formsOf[d.Name][0].prefix
	d.match = func(c *candidate) (Finding, bool) {
		f, ok := forms(c)
		if ok && c.text[c.at:c.end] != first {
			f.Confidence = Possible
			if c.named(f.Start, f.End) {
				f.Confidence = Likely
			}
		}
		return f, ok
	}
	return d
}
