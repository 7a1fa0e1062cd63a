package detect

// azureStorageKey finds account keys of 64 bytes by the signature that Azure
// writes into them (Microsoft, Common Annotated Security Keys and their
// predecessors): 76 characters, the signature, five more, one and two signs of
// padding. Keys without it are found by their name, AccountKey.
var azureStorageKey = tokens(&Detector{
	Name:     "azure_storage_key",
	Summary:  "Azure Storage, Batch or Cosmos DB account key",
	Evidence: "the signature at its place in 64 bytes of base64",
},
	exactly("+ASt", std64, "8==").after(76, std64),
	exactly("+ABa", std64, "8==").after(76, std64),
	exactly("+AMC", std64, "8==").after(76, std64),
	exactly("ACDb", std64, "8==").after(76, std64),
	exactly("APIM", std64, "8==").after(76, std64),
)
