package detect

// financialList are the detectors of cards, accounts and wallets.
var financialList = []*Detector{
	paymentCard,
	cardCVV,
	cardExpiry,
	cardTrack,
	iban,
	abaRouting,
	usBankAccount,
	ukBankAccount,
	bic,
	cusip,
	cryptoAddress,
}
