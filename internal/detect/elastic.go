package detect

// elastic finds the keys of Elasticsearch: essu_ of serverless projects, and
// base64 of id:key behind the scheme ApiKey.
var elastic = tokens(&Detector{
	Name:     "elastic",
	Summary:  "Elastic key, of a project or behind its scheme",
	Evidence: "the prefix, or 40 characters of base64 or so behind the scheme",
},
	prefixed("essu_", std64, "60"),
	prefixed("ApiKey ", std64, "40").by("ApiK").staying().where(varied),
)
