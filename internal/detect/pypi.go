package detect

// pypi finds the tokens of PyPI and TestPyPI: macaroons of the second version, in
// base64.
var pypi = tokens(&Detector{
	Name:     "pypi",
	Summary:  "PyPI upload token",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("pypi-AgE", url64, "100"),
)
