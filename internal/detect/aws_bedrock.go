package detect

// awsBedrock finds the keys of Amazon Bedrock: ABSK and base64 of
// "BedrockAPIKey-", or bedrock-api-key- and a presigned request.
var awsBedrock = tokens(&Detector{
	Name:     "aws_bedrock",
	Summary:  "Amazon Bedrock key, long- or short-term",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed("ABSKQmVkcm9ja0FQSUtleS", std64, "100"),
	prefixed("bedrock-api-key-", std64, "40").by("bedrock-a"),
)
