package reading

import "github.com/readygate/readygate/internal/series"

// attribute is one of the attributes that are read, an index of names.
type attribute uint8

// The attributes, in the current and the older semantic conventions.
const (
	notRead attribute = iota
	errorType

	httpRequestMethod
	httpMethod
	httpResponseStatusCode
	httpStatusCode
	httpRoute
	httpTarget
	httpURL
	httpScheme
	urlScheme
	urlPath
	urlFull

	rpcSystemName
	rpcSystem
	rpcService
	rpcMethod
	rpcResponseStatusCode
	rpcGRPCStatusCode
	rpcConnectErrorCode
	rpcJSONRPCErrorCode

	dbSystemName
	dbSystem

	messagingSystem
	messagingOperationType
	messagingOperation
	messagingDestinationTemplate
	messagingSourceTemplate
	messagingDestinationName
	messagingSourceName
	messagingDestination
	messagingDestinationTemporary
	messagingSourceTemporary
	messagingTempDestination
	messagingDestinationAnonymous
	messagingSourceAnonymous
	messagingBatchMessageCount

	servicePeerName
	peerService
	serverAddress
	netPeerName

	jobName
	cronJobName
	faasName
	faasCron
	faasTime
	faasTrigger
	processExitCode

	samplingRate
	olderSamplingRate

	attributes // their number
)

var names = [attributes]string{
	errorType: "error.type",

	httpRequestMethod:      "http.request.method",
	httpMethod:             "http.method",
	httpResponseStatusCode: "http.response.status_code",
	httpStatusCode:         "http.status_code",
	httpRoute:              "http.route",
	httpTarget:             "http.target",
	httpURL:                "http.url",
	httpScheme:             "http.scheme",
	urlScheme:              "url.scheme",
	urlPath:                "url.path",
	urlFull:                "url.full",

	rpcSystemName:         "rpc.system.name",
	rpcSystem:             "rpc.system",
	rpcService:            "rpc.service",
	rpcMethod:             "rpc.method",
	rpcResponseStatusCode: "rpc.response.status_code",
	rpcGRPCStatusCode:     "rpc.grpc.status_code",
	rpcConnectErrorCode:   "rpc.connect_rpc.error_code",
	rpcJSONRPCErrorCode:   "rpc.jsonrpc.error_code",

	dbSystemName: "db.system.name",
	dbSystem:     "db.system",

	messagingSystem:               "messaging.system",
	messagingOperationType:        "messaging.operation.type",
	messagingOperation:            "messaging.operation",
	messagingDestinationTemplate:  "messaging.destination.template",
	messagingSourceTemplate:       "messaging.source.template",
	messagingDestinationName:      "messaging.destination.name",
	messagingSourceName:           "messaging.source.name", // of consumers, in 1.17 to 1.20
	messagingDestination:          "messaging.destination",
	messagingDestinationTemporary: "messaging.destination.temporary",
	messagingSourceTemporary:      "messaging.source.temporary",
	messagingTempDestination:      "messaging.temp_destination",
	messagingDestinationAnonymous: "messaging.destination.anonymous",
	messagingSourceAnonymous:      "messaging.source.anonymous",
	messagingBatchMessageCount:    "messaging.batch.message_count",

	servicePeerName: "service.peer.name",
	peerService:     "peer.service",
	serverAddress:   "server.address",
	netPeerName:     "net.peer.name",

	jobName:         "job.name",
	cronJobName:     "cron.job.name",
	faasName:        "faas.name",
	faasCron:        "faas.cron",
	faasTime:        "faas.time",
	faasTrigger:     "faas.trigger",
	processExitCode: "process.exit.code",

	samplingRate:      series.RateAttribute,
	olderSamplingRate: series.OlderRateAttribute,
}

// attributeOf knows an attribute by its name. Attributes come in the order of a
// hash map, so that no branch of a switch over names can be predicted; a hash that
// has no collisions, as a test makes sure, needs one comparison.
func attributeOf(name string) attribute {
	if len(name) < shortest {
		return notRead
	}
	a := byHash[hashOf(name)]
	if names[a] != name {
		return notRead
	}
	return a
}

// shortest is the length of the shortest of the names.
const shortest = len("http.url")

// hashOf takes what differs among the names: their lengths and three characters. The
// factors were found by trying.
func hashOf(name string) uint8 {
	n := len(name)
	return uint8(n) + 3*name[n-2] + name[n-5] + 11*name[5]
}

var byHash = func() (of [1 << 8]attribute) {
	for a := errorType; a < attributes; a++ {
		of[hashOf(names[a])] = a
	}
	return of
}()
