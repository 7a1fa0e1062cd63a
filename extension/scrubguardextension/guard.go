package scrubguardextension

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.opentelemetry.io/collector/component"
	"go.opentelemetry.io/collector/extension"
	"go.opentelemetry.io/collector/extension/extensioncapabilities"
	"go.opentelemetry.io/collector/featuregate"
	"go.uber.org/zap"

	"github.com/readygate/readygate/extension/scrubguardextension/internal/metadata"
	"github.com/readygate/readygate/internal/guard"
)

// partialReload is the feature gate, off by default, with which the service
// exchanges receivers in running pipelines without telling extensions.
const partialReload = "service.partialReload"

var _ extensioncapabilities.ConfigSnapshotWatcher = (*scrubGuard)(nil)

// scrubGuard has no state but what it reports to. It works in
// NotifyConfigSnapshot, which the service calls once for each start and each
// reload: when all extensions have started, and no exporter, processor or
// receiver has.
type scrubGuard struct {
	component.ShutdownFunc
	id        component.ID
	logger    *zap.Logger
	telemetry *metadata.TelemetryBuilder
}

func newScrubGuard(set extension.Settings) (*scrubGuard, error) {
	telemetry, err := metadata.NewTelemetryBuilder(set.TelemetrySettings)
	if err != nil {
		return nil, err
	}
	return &scrubGuard{id: set.ID, logger: set.Logger, telemetry: telemetry}, nil
}

// Start refuses to work where a configuration could change behind its back.
func (g *scrubGuard) Start(context.Context, component.Host) error {
	var err error
	featuregate.GlobalRegistry().VisitAll(func(gate *featuregate.Gate) {
		if gate.ID() == partialReload && gate.IsEnabled() {
			err = fmt.Errorf("%s: feature gate %s: got enabled, allowed: disabled, because receivers would be exchanged without a new proof", g.id, partialReload)
		}
	})
	return err
}

// NotifyConfigSnapshot proves that nothing passes around scrub in the effective
// configuration. The error has every problem, one a line; the service then stops
// without having started a receiver. The configuration is the decoded one, with
// all defaults, and with secrets redacted.
func (g *scrubGuard) NotifyConfigSnapshot(ctx context.Context, snapshot extensioncapabilities.ConfigSnapshot) error {
	conf := snapshot.Effective()
	if conf == nil {
		return fmt.Errorf("%s: the service gave no effective configuration, so nothing is proven", g.id)
	}
	result := guard.Check(conf.ToStringMap())
	g.telemetry.ExtensionScrubGuardUnscrubbedPipelines.Record(ctx, int64(len(result.Exemptions)))
	for _, e := range result.Exemptions {
		g.logger.Warn("allow_unscrubbed lets a pipeline pass raw data; nothing is proven about it",
			zap.String("pipeline", e.Pipeline), zap.String("reason", e.Reason))
	}
	if len(result.Problems) > 0 {
		return fmt.Errorf("%s: data could pass around scrub, so the gateway does not start:\n%w", g.id, asError(result.Problems))
	}
	message := "proven: nothing passes around scrub"
	if len(result.Exemptions) > 0 {
		message += " but what allow_unscrubbed lets pass"
	}
	g.logger.Info(message,
		zap.Int("pipelines", result.Pipelines), zap.Int("paths", result.Paths), zap.Int("allow_unscrubbed", len(result.Exemptions)))
	return nil
}

func asError(problems []guard.Problem) error {
	lines := make([]string, len(problems))
	for i, p := range problems {
		lines[i] = "  " + p.String()
	}
	return errors.New(strings.Join(lines, "\n"))
}
