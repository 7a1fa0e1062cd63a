package detect

// rubygems finds the keys of RubyGems: rubygems_ and 48 hexadecimal digits.
var rubygems = tokens(&Detector{
	Name:     "rubygems",
	Summary:  "RubyGems key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("rubygems_", lowerHex, "48").by("rubyg"),
)
