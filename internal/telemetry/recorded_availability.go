package telemetry

// Recorded series of whether services are there. They have the labels of
// ServiceIdentity.
const (
	// RecordedLastHeard is when a service was last heard of, as Unix time: by the gateway,
	// or, of a service with another profile of metrics, by Prometheus. It ends when
	// nobody shows it any more.
	RecordedLastHeard = "service:last_heard_timestamp_seconds:max"
	// RecordedHeardInADay is RecordedLastHeard, remembered for a day.
	RecordedHeardInADay = "service:last_heard_timestamp_seconds:last1d"
	// RecordedHeardBy is when each gateway last heard of a service, as Unix time; it has the
	// label GatewayInstance, too.
	RecordedHeardBy = "service_gateway:last_heard_timestamp_seconds:max"
	// RecordedNewName is 1 if a service is heard in a namespace or an environment in which
	// it was not two hours ago. It has the label Service alone.
	RecordedNewName = "service:new_name:group"
	// RecordedNamedUp is 1 if Prometheus can reach any target of a scrape job that is called
	// as a service, else 0; it has the labels Job and KubeNamespace, too.
	RecordedNamedUp = "service_job:up:max"
	// RecordedSilence is for how many seconds nothing was heard of a service. It is
	// remembered for 6 hours.
	RecordedSilence = "service:silence_seconds:max"
	// RecordedUp is 1 if Prometheus can reach any instance of a service, else 0; absent
	// for services that are not scraped.
	RecordedUp = "service:up:max"
	// RecordedInstanceUp is 1 if Prometheus can reach an instance of a declared service,
	// else 0; it has the label Instance, too.
	RecordedInstanceUp = "service_instance:up:max"
)
