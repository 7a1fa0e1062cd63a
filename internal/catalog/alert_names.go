package catalog

// AlertNames lists the alerts that a services file can disable, in the order of
// the catalogue. A test in package alerts holds it to what is generated.
func AlertNames() []string {
	return []string{
		"HighErrorRate", "LowTrafficErrors", "SlowResponseTime", "RequestRateDropped", "SLIInconsistent", "DependencyErrors",
		"ServiceDown", "InstanceDown", "ServiceTelemetryAbsent", "ServiceNeverSeen",
		"ErrorBudgetBurnFast", "ErrorBudgetBurnSlow", "LatencyBudgetBurnFast", "LatencyBudgetBurnSlow", "ErrorBudgetExhausted",
		"QueueBacklogGrowing", "BackgroundJobFailing", "BackgroundJobNotRunning",
		"HighCPUUsage", "HighMemoryUsage", "MemoryLeakSuspected", "ContainerRestarting", "FileDescriptorsExhausting",
		"DBConnectionPoolSaturated", "DBConnectionsUnstable",
		"DiskIOSaturated", "DiskWillFill", "NetworkErrors", "NetworkSaturated",
		"OrderCompletionsDropped", "SignupsDropped", "ActiveUsersDropped", "FeatureUsageDropped", "RevenueFlatlined",
		"SignupConversionDropped", "BusinessMetricDropped",
		"CanaryErrorRegression", "CanaryLatencyRegression", "CanaryInsufficientTraffic", "CanaryStageOverdue",
		"PostDeployErrorRateHigh", "CriticalAlertDuringRollout",
		"RPOViolated", "RTODrillTooSlow", "RestoreDrillOverdue", "BackupMissed", "BackupRetentionShort",
		"SecretRotationDue", "SecretRotationOverdue", "RecoveryEvidenceMissing", "CertificateExpiring",
		"PIILeakDetected", "PIIScrubberBypassed", "PIIScrubberFailing", "ScrubPolicyDiffers",
		"GatewayAbsent", "GatewayDroppingTelemetry", "GatewayQueueNearFull", "GatewayDerivationFailing", "MetricCardinalityHigh",
		"AlertFlapping", "PageBudgetExceeded", "RuleEvaluationFailing", "AlertmanagerNotificationsFailing", "Watchdog",
	}
}
