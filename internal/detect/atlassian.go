package detect

// atlassian finds the tokens of Atlassian Cloud, with a CRC-32 at their end,
// application passwords and repository tokens of Bitbucket, those of Bitbucket
// Data Center and of Trello.
var atlassian = tokens(&Detector{
	Name:     "atlassian",
	Summary:  "Atlassian token: cloud, Bitbucket, Data Center, Trello",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("ATATT3xFfGF0", padded64, "170"),
	prefixed("ATCTT3xFfN0", padded64, "170"),
	prefixed("ATSTT3xFfGF0", padded64, "170"),
	prefixed("ATBB", base62, "32").where(varied),
	exactly("BBDC-", std64, "44"),
	prefixed("ATTA", lowerHex, "64"),
)
