package telemetry

// Labels of what is declared about the safety of data.
const (
	// Dataset is the name of a set of data that is backed up.
	Dataset = "dataset"
	// Secret is the name of a secret, never its value.
	Secret = "secret"
)

// Recorded series of backups and restore drills. They have the labels of
// ServiceIdentity and Dataset. Where the evidence does not tell the identity, it is
// the declared one. Times are Unix times in seconds.
//
// What happened stays known when the series that told of it vanishes: a job's series
// ends an hour after its run. So these series go on by themselves, for as long as
// they are recorded at least once a day.
const (
	// RecordedBackupSuccess is when the last good backup was made; absent until one is
	// heard of.
	RecordedBackupSuccess = "service_dataset:backup_last_success_timestamp_seconds:max"
	// RecordedBackupSince is the time from which the age of a backup counts:
	// RecordedBackupSuccess, or, until there is one, when this was first recorded.
	RecordedBackupSince = "service_dataset:backup_since_timestamp_seconds:last"
	// RecordedBackupHeard is when the evidence of the last good backup was last there:
	// now, or when it vanished, but no longer than 10 minutes ago; absent until it was
	// there once.
	RecordedBackupHeard = "service_dataset:backup_heard_timestamp_seconds:last"
	// RecordedBackupOldest is when the oldest backup that is kept was made; it does not
	// go on by itself.
	RecordedBackupOldest = "service_dataset:backup_oldest_timestamp_seconds:min"
	// RecordedBackupFirst is when the oldest backup that was ever heard of was made.
	RecordedBackupFirst = "service_dataset:backup_first_timestamp_seconds:min"
	// RecordedDrillSuccess and RecordedDrillSince are the same of restore drills as
	// RecordedBackupSuccess and RecordedBackupSince of backups.
	RecordedDrillSuccess = "service_dataset:restore_drill_last_success_timestamp_seconds:max"
	RecordedDrillSince   = "service_dataset:restore_drill_since_timestamp_seconds:last"
	// RecordedDrillDuration is how long the last good restore took, in seconds.
	RecordedDrillDuration = "service_dataset:restore_drill_duration_seconds:last"
)

// RecordedSecretRotated is when a secret was rotated, as Unix time: the oldest, where
// several series tell. It has the labels of ServiceIdentity, as declared, and Secret,
// and goes on by itself, as the series of backups do.
const RecordedSecretRotated = "service_secret:rotated_timestamp_seconds:min"

// RecordedCertificateExpiry is when the first certificate of the chain that is shown
// at a URL ends, as Unix time. Instance is the URL; those of declared public endpoints
// have the labels of ServiceIdentity, as declared.
const RecordedCertificateExpiry = "instance:certificate_expiry_timestamp_seconds:min"
