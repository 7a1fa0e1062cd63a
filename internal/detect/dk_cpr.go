package detect

// dkCPR finds Danish civil registration numbers: date of birth and a serial. Since
// 2007 the last digit is no longer a check digit (CPR-kontoret, Personnummeret i CPR),
// so the date is the only evidence.
var dkCPR = identifier(&Detector{
	Name:      "dk_cpr",
	Summary:   "Danish civil registration number (CPR)",
	Evidence:  "date of birth, which 3.8 % of random numbers have; needs context",
	Packs:     []string{"eu"},
	context:   words(`cpr cprnr cprnummer cprno personnummer`),
	canonical: compactID,
	sample:    func() Sample { return labelledSample("cpr", "211062"+"-"+"5629") },
}, validCPR,
	spelling{"999999-9999", Possible}, spelling{"999999 9999", Possible},
	spelling{"9999999999", Possible})

func validCPR(id ident) bool { return calendarDay(id.number(4, 6), id.number(2, 4), id.number(0, 2)) }
