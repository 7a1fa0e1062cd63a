package detect

// firebaseMessaging finds the server keys of Firebase Cloud Messaging: AAAA,
// seven characters, :APA91b and 134 more.
var firebaseMessaging = tokens(&Detector{
	Name:     "firebase_messaging",
	Summary:  "Firebase Cloud Messaging server key",
	Evidence: "the prefix, and at least half of the documented length behind it",
},
	prefixed(":APA91b", url64, "134").after(11, url64),
)
