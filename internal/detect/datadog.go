package detect

// datadog finds the keys of Datadog by the name of their header, variable or
// field: 32 hexadecimal digits of an API key, 40 of an application key. Client
// tokens (pub) are made to be seen and stay.
var datadog = tokens(&Detector{
	Name:     "datadog",
	Summary:  "Datadog API or application key",
	Evidence: "a key that names it, or the prefix of newer application keys",
	keys:     words(`ddapikey ddappkey ddapplicationkey datadogapikey datadogappkey datadogapplicationkey`),
	under:    keyed(base62, 32, 40),
},
	prefixed("ddapp_", base62, "34").by("dda"),
)
