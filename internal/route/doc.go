// Package route makes labels with few values of texts with many: of the path of a
// request, the name of a span, job or destination, and the name of a host. What is
// likely to be data is replaced by its kind, in braces; the words stay.
//
//	AppendTemplate  /users/42/orders/2024-05-17   /users/{id}/orders/{date}
//	AppendName      nightly-report-2026-01-02     nightly-report-{date}
//	AppendHost      checkout-7c9d8-x2x9z.shop     checkout-{token}.shop
//
// The kinds, and where they may come from (p: path, n: name, h: host):
//
//	{date}      pnh  a date or time in ISO 8601    2024-05-17, 2024-05, 2024-05-17T10:00:00Z
//	{redacted}  pnh  a marker of the scrubber      [REDACTED:email]
//	{email}     pn   an address                    ann@example.com, ann%40example.com
//	{text}      pnh  characters that words of an   J%C3%BCrgen, a=b, Users(5) of a path
//	                 API have not
//	{uuid}      pnh  a UUID                        123e4567-e89b-12d3-a456-426614174000
//	{ip}        nh   an IP address                 192.0.2.1, 2001:db8::1, 192-0-2-1
//	{id}        pnh  a number                      42, -1 and 1.5 of a path
//	{ulid}      pnh  a ULID                        01ARZ3NDEKTSV4RRFFQ69G5FAV
//	{hex}       pnh  8 or more hex digits          5f2b8c1d
//	{id}        pnh  4 digits in a row             order-8842
//	{token}     pnh  a long or random mixture of   V1StGXR8_Z5jdHi6, 7c9d8-x2x9z
//	                 letters and digits
//	{socket}    h    the path of a socket          /var/run/app.sock
//	{rest}      pnh  all that is beyond the bound
//
// Everything here is deterministic and idempotent, remembers nothing, and bounds
// its result, so that every gateway makes the same label at any time. It is safe
// for concurrent use, and nothing of the input is kept.
//
// When in doubt a text is data: a word taken for data merges series, data taken for
// a word makes series without end and may put a person into a label.
package route
