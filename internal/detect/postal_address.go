package detect

import (
	"net/netip"
	"strings"
)

// postalAddress finds postal addresses under their keys. Like names, they are not
// found in prose. Network addresses have other keys, and are told apart.
var postalAddress = &Detector{
	Name:     "postal_address",
	Summary:  "postal address under its key: street, address_line1, postal_code, billing_address",
	Evidence: "a key that names a postal address or a part of it, and a value that is no network address; found under keys only, never in prose",
	keys: words(`street streetaddress streetname streetnumber housenumber addressline addresslineone addresslinetwo
		postaladdress homeaddress billingaddress shippingaddress deliveryaddress mailingaddress residentialaddress permanentaddress customeraddress patientaddress
		postalcode postcode zipcode billingzip shippingzip addresszip addresscity addressformatted formattedaddress fulladdress addressstreet strasse hausnummer plz calle`),
	under:     wholeIf(postal),
	canonical: trimmedLower,
	sample: func() Sample {
		const street = "12 Example " + "Street"
		return Sample{Key: "customer.address.street", Text: street, Secret: street}
	},
}

// postal reports whether a value can be a part of a postal address: not one of the
// network, of a mailbox, or of a place on the web.
func postal(value string) bool {
	if !worded(value) || strings.IndexByte(value, '@') >= 0 || strings.Contains(value, "://") {
		return false
	}
	if len(value) > maxAddress {
		return true
	}
	_, err := netip.ParseAddr(value)
	return err != nil
}
