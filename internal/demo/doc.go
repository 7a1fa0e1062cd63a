// Package demo is a small shop that can be watched: three services that send
// traces, logs and metrics to a gateway through the OpenTelemetry SDK and its
// OTLP exporters. What they send is synthetic; how they send it is not.
//
//	visitor ──▶ storefront ──▶ checkout ──▶ payments
//
// Three things are wrong with the shop, each on purpose and by count rather than
// by chance, so that it is known what a gateway must show:
//
//   - every tenth POST /charges of payments is answered 500, and no other
//     service answers 5xx: checkout turns a failed charge into 402;
//   - every tenth POST /orders takes checkout 1.5 to 4 s. That is 8.3 % of its
//     requests and 2.5 % of storefront's, so the 95th percentile is above a
//     second for checkout and for no other service;
//   - every request leaks personal data or a credential, into each place where
//     careless code has been seen to put it. [Report.Planted] lists them.
//
// The storefront and checkout speak the stable semantic conventions for HTTP,
// payments those before 1.21. Some requests have no http.route.
//
// The same seed gives the same visits, durations, ids and secrets. Durations are
// written into the spans; nothing waits for them.
package demo
