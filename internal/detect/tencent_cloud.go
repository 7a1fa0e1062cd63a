package detect

// tencentCloud finds the secret ids of Tencent Cloud: AKID and 32 letters and
// digits.
var tencentCloud = tokens(&Detector{
	Name:     "tencent_cloud",
	Summary:  "Tencent Cloud secret id",
	Evidence: "exactly 32 letters and digits behind AKID",
},
	exactly("AKID", base62, "32").where(varied),
)
