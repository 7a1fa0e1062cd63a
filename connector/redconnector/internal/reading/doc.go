// Package reading turns a span, an exception or a log record into the key of a
// series and an observation: it decides what a span is (a request, a message, a
// job, a call of a dependency), by which labels it is known, whether it failed,
// and how many spans it stands for.
//
// It finds the attributes of a span in one pass, reads the values of those that are
// needed, keeps no reference into the data and allocates nothing: strings borrow from
// the data, and [series.Key] copies.
//
// # What a span is
//
// Each span is counted in one group, or skipped for one reason. The first that fits:
//
//	SERVER            job.name                                  job
//	                  rpc.system.name                           rpc
//	                  HTTP attributes                           http
//	                  other rpc attributes                      rpc
//	                  marks of a timer                          job
//	                  else                                      skipped: no_protocol
//	CONSUMER          job.name                                  job
//	                  messaging.operation.type receive, settle  dependency
//	                  else                                      message
//	CLIENT, PRODUCER  always                                    dependency
//	INTERNAL, none    job.name, marks of a timer, no parent     job
//	                  else                                      skipped: internal
//
// The marks of a timer are cron.job.name, faas.cron, faas.time and
// faas.trigger "timer"; the semantic conventions make such a span a SERVER span.
//
// # Where labels come from
//
// In the order in which they are asked; names after "|" are those of older
// semantic conventions. Where nothing is told a label reads "unknown".
//
//	http        method        http.request.method | http.method
//	            endpoint      http.route, url.path | http.target, url.full | http.url,
//	                          a span name "GET /path"; all but the route as templates
//	            status        http.response.status_code | http.status_code;
//	                          failed without a code: 5xx
//	rpc         system        rpc.system.name | rpc.system
//	            method        rpc.method | rpc.service "/" rpc.method, the span's name
//	            status        rpc.response.status_code | rpc.grpc.status_code,
//	                          rpc.connect_rpc.error_code, rpc.jsonrpc.error_code,
//	                          as one of a closed set; without a code that is known:
//	                          ERROR if failed, else OK
//	message     system        messaging.system
//	            destination   messaging.destination.template, "temporary" if
//	                          messaging.destination.temporary, "anonymous" if .anonymous,
//	                          messaging.destination.name | messaging.source.name,
//	                          messaging.destination
//	job         job_name      job.name, cron.job.name, faas.name, the span's name
//	dependency  kind, system  db: db.system.name | db.system; messaging: a PRODUCER or
//	                          CONSUMER, messaging.system; rpc: rpc.system.name |
//	                          rpc.system; http: HTTP attributes; else other
//	            peer          service.peer.name | peer.service, the destination of a
//	                          message, server.address | net.peer.name, the host of
//	                          url.full | http.url; an IP address reads "{ip}"
//	exception   exception_type  exception.type
//	log         severity      the severity number, else its text
//
// Because addresses change with every deployment, all that a service calls by IP
// address is one peer, told apart by kind and system alone: two PostgreSQL databases
// without names are one series. What is to be told apart needs a name of its own,
// as service.peer.name or peer.service, which SDKs can be configured to send.
//
// # When something failed
//
//	http        status 5xx
//	rpc         see telemetry.RPCServerErrors
//	message     error.type, or span status Error
//	job         the same, or process.exit.code other than 0
//	dependency  the same as message, an HTTP status of 400 or more, or an RPC status
//	            other than OK
//
// # How many spans a span stands for
//
// The threshold "ot=th:..." of its trace state, else the attribute sampling.rate,
// else SampleRate: a number of at least 1 is one in so many, one below 1 the
// probability. A span without them stands for itself, and so does a log record:
// nothing tells whether logs were sampled with their traces. So where traces were
// sampled before the gateway and services log the exceptions of all of them, those
// of sampled spans stand for others that come as log records too. An exception that
// comes as event and as record stands for as many as its span does.
package reading
