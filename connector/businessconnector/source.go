package businessconnector

import (
	"context"
	"errors"
	"maps"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pmetric"

	"github.com/readygate/readygate/connector/businessconnector/internal/rolling"
	"github.com/readygate/readygate/connector/internal/derive"
	"github.com/readygate/readygate/internal/series"
)

// source is both tables as one.
type source struct {
	table   *series.Table
	rolling *rolling.Table
	births  *births
	// keepRolling says that identifiers will have the same hashes after a restart.
	keepRolling bool
}

var _ derive.Source = (*source)(nil)

// Flush sends what is due of both tables.
func (s *source) Flush(
	ctx context.Context, why series.Occasion, send func(context.Context, pmetric.Metrics) error,
) (series.FlushStats, error) {
	s.births.forget()
	stats, err := s.table.Flush(ctx, why, send)
	rolled, err2 := s.rolling.Flush(ctx, time.Now(), send)
	stats.Points += rolled.Points
	stats.Evicted += rolled.Evicted
	return stats, errors.Join(err, err2)
}

// Keys names the parts of the state of both.
func (s *source) Keys() []string {
	keys := s.table.Keys()
	if s.keepRolling {
		keys = append(keys, s.rolling.Keys()...)
	}
	return keys
}

// Save returns a part of the state.
func (s *source) Save(key string) (data []byte, changed bool, err error) {
	if strings.HasPrefix(key, rolling.KeyPrefix) {
		return s.rolling.Save(key)
	}
	return s.table.Save(key)
}

// Load takes all of the state, or nothing of it.
func (s *source) Load(state map[string][]byte) error {
	rolled := maps.Clone(state)
	maps.DeleteFunc(rolled, func(key string, _ []byte) bool { return !strings.HasPrefix(key, rolling.KeyPrefix) })
	counted := maps.Clone(state)
	maps.DeleteFunc(counted, func(key string, _ []byte) bool { return strings.HasPrefix(key, rolling.KeyPrefix) })
	loaded, err := s.rolling.Decode(rolled)
	if err != nil {
		return err
	}
	if err := s.table.Load(counted); err != nil {
		return err
	}
	s.rolling.Merge(loaded)
	return nil
}
