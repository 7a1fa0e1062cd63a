package detect

// deviceID finds identifiers of devices and of those who carry them, which
// advertisers join. They are random, so only their keys tell.
var deviceID = &Detector{
	Name:      "device_id",
	Summary:   "identifier of a device: device.id, advertising ids (IDFA, GAID), Android id",
	Evidence:  "a key that names the identifier of a device",
	Packs:     []string{"gdpr"},
	keys:      words(`deviceid deviceidentifier deviceuuid deviceguid deviceserial idfa idfv gaid aaid advertisingid advertiserid adid androidid installationid appinstallationid hardwareid`),
	under:     wholeIf(worded),
	canonical: trimmedLower,
	sample: func() Sample {
		const id = "6d92078a-8246-4ba4-" + "ae5b-76104861e7dc"
		return Sample{Key: "device.id", Text: id, Secret: id}
	},
}
