package detect

// gcpServiceAccount finds the ids of the private keys of Google's service accounts.
// They are no secret by themselves but tell which key leaked with them; the key is
// found by private_key_pem.
var gcpServiceAccount = &Detector{
	Name:     "gcp_service_account",
	Summary:  "id of the private key of a Google service account",
	Evidence: "40 hexadecimal digits under private_key_id",
	keys:     words(`privatekeyid`),
	under:    keyed(lowerHex, 40),
	sample: func() Sample {
		return Sample{Key: "private_key_id", Text: lowerHex.noise(40), Secret: lowerHex.noise(40)}
	},
}
