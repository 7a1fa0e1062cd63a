package detect

// modelPlatform finds the keys of the services that language models are built and
// watched with, as they document them.
var modelPlatform = tokens(&Detector{
	Name:     "model_platform",
	Summary:  "key of a platform around models: LangSmith, Langfuse, Pinecone, Tavily, Together, Cerebras, Firecrawl, E2B, Weights & Biases, RunPod, Jina",
	Evidence: "the prefix and the documented length, exactly where the prefix is short",
},
	prefixed("lsv2_pt_", anyHexUnderscore, "43").by("lsv"),
	prefixed("lsv2_sk_", anyHexUnderscore, "43").by("lsv"),
	prefixed("sk-lf-", lowerHex, uuidLayout).by("sk-l"),
	prefixed("pcsk_", url64, "60").by("pcsk"),
	prefixed("tvly-", url64, "32").by("tvly"),
	prefixed("tgp_v1_", url64, "43").by("tgp"),
	exactly("csk-", lower36, "48"),
	exactly("fc-", lowerHex, "32"),
	exactly("e2b_", lowerHex, "40"),
	prefixed("wandb_v1_", url64, "60").by("wandb"),
	exactly("rpa_", upper36, "40").by("rpa_"),
	prefixed("jina_", base62, "60"),
)
