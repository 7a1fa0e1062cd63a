// Package money turns the amounts that telemetry carries into exact integers,
// so that sums of them depend neither on their order nor on their number.
//
// An amount has a scale: the number of decimal digits that one unit of the
// integer stands for. At the scale of its currency (2 for USD) a unit is the
// minor unit, a cent; a greater scale keeps more digits, for prices per item that
// have three or four. Scales go from 0 to MaxScale.
//
// # What is read
//
// The scale that is given to Minor, MinorInt and MinorString is the number of digits
// between what comes and the unit. For values in major units (20 and 19.99 are
// dollars) that is the scale of the sum. For values in minor units (1999 is 19.99
// dollars) it is the scale of the sum less the currency's: mostly 0.
//
//   - An integer is exact.
//   - A double means the decimal that it is the nearest double of: 19.99 is 1999
//     cents, though no double is 19.99. For any number of units up to 2^52 there is no
//     doubt which one a double means, at each scale: doubles lie closer together
//     there than units do. (At scale 2 that holds below 2^46 major units,
//     7.0e15 cents. Beyond, Minor answers ErrRange: one double stands for several
//     amounts.) What strconv.FormatFloat(v, 'f', -1, 64) writes is the same decimal.
//   - A text is a decimal as XML Schema defines it (xsd:decimal, W3C XML Schema 1.1
//     Part 2, 3.3.3): an optional sign, digits, at most one point, spaces around it.
//     No grouping, for 1,234 is one thing here and another there; no exponent.
//
// # Digits beyond the scale
//
// Arithmetic with doubles leaves noise: 0.1 + 0.2 is 0.30000000000000004. An amount
// that lies within a millionth of a unit is taken for it, and large ones within
// 2^-50 of themselves, four to eight spaces between doubles, but never more
// than a hundredth of a unit. Anything else is ErrPrecision: 19.999 dollars are
// not a price, and rounding many of them would make a sum that is nobody's.
//
// # Limits
//
// No amount is beyond MaxUnits: doubles hold every integer up to it, so a number of
// units divided by 10^scale is the double nearest to the amount. What is exported
// so means one amount and no other up to 2^52 units, as above. A negative amount
// comes with ErrNegative, so that nobody adds a refund to a sum by mistake.
//
// Nothing here allocates but Format, and all is safe for concurrent use.
package money
