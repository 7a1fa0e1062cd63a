package detect

// azureServiceKey finds the keys of Azure services by the signature that Azure
// writes into them: its place and the length of the key are those of Microsoft
// (Security Utilities, identifiable keys).
var azureServiceKey = tokens(&Detector{
	Name:     "azure_service_key",
	Summary:  "Azure service key with a signature: Event Hubs, Service Bus, IoT, Functions, Search, Redis, registry, AI services",
	Evidence: "the signature at its place in a key of the documented length",
},
	exactly("+ASb", std64, "6=").after(33, std64),
	exactly("+AEh", std64, "6=").after(33, std64),
	exactly("+ARm", std64, "6=").after(33, std64),
	exactly("AIoT", std64, "6=").after(33, std64),
	exactly("AzCa", std64, "6=").after(33, std64),
	exactly("AzFu", url64, "6==").after(44, url64),
	exactly("AzSe", base62, "6").after(42, base62),
	exactly("+ACR", std64, "6").after(42, std64),
	prefixed("JQQJ99", base62, "26").after(52, base62),
)
