package detect

// messageBody takes the bodies of requests, responses and messages, and what is
// said to and by language models, as a whole: nobody knows what is in them. The
// sensitivity table names the attributes. A policy that turns it off keeps them,
// and they are scanned as any other text.
var messageBody = &Detector{
	Name:     "message_body",
	Summary:  "body of a request, a response or a message, or a conversation with a model",
	Evidence: "the attribute: http.request.body.content, gen_ai.input.messages ...",
	Default:  DropValue,
	flags:    keyBody,
	under: func(_ KeyClass, value string) (Finding, bool) {
		return Finding{End: len(value), Confidence: Certain}, markerEnd(value, 0) != len(value)
	},
	sample: func() Sample {
		return Sample{Key: "http.request.body.content", Text: "all that a client sent", Secret: "all that a client sent"}
	},
}
