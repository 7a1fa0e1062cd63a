package detect

// contactList are the detectors of what reaches, places or describes a person.
var contactList = []*Detector{
	email,
	phoneE164,
	phoneNational,
	clientIP,
	ipAddress,
	macAddress,
	imei,
	imsi,
	iccid,
	deviceID,
	geoLocation,
	personName,
	postalAddress,
	birthDate,
	genderNationality,
	userID,
	homePath,
	medicalRecord,
}
