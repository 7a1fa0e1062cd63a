package detect

// gitlab finds the tokens of GitLab by their prefixes (docs.gitlab.com, Token
// overview). Routable tokens have a dot and a checksum at their end.
var gitlab = tokens(&Detector{
	Name:     "gitlab",
	Summary:  "GitLab token: personal, project, deploy, runner, job, trigger, feed, agent, SCIM, OAuth",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("glpat-", dotted64, "20").by("glp"),
	prefixed("glptt-", lowerHex, "40").by("glp"),
	prefixed("gldt-", url64, "20").by("gld"),
	prefixed("glrt-", dotted64, "20").by("glr"),
	prefixed("glrtr-", dotted64, "20").by("glr"),
	prefixed("glcbt-", dotted64, "20").by("glc"),
	prefixed("glft-", url64, "20").by("glf"),
	prefixed("glffct-", url64, "20").by("glf"),
	prefixed("glimt-", url64, "25").by("gli"),
	prefixed("glagent-", url64, "50").by("gla"),
	prefixed("glsoat-", url64, "20").by("gls"),
	prefixed("gloas-", url64, "64"),
	prefixed("glwt-", url64, "20"),
	prefixed("GR1348941", url64, "20"),
)
