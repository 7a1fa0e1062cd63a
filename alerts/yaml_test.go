package alerts

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

func TestAFileOfTestsIsWhatTheEncoderWritesAtOnce(t *testing.T) {
	rules, err := Generate(nasty(t), Options{})
	require.NoError(t, err)
	for _, f := range rules.families {
		tests, err := f.Tests()
		require.NoError(t, err)
		for pace, file := range tests {
			file.RuleFiles = []string{"../tests:.yaml"}
			at := bytes.NewBufferString(header)
			encoder := yaml.NewEncoder(at)
			encoder.SetIndent(2)
			require.NoError(t, encoder.Encode(file))
			require.NoError(t, encoder.Close())
			some, err := encodeTests(*file)
			require.NoError(t, err)
			require.Equal(t, at.String(), string(some), "%s, %s", f.Family.Name, pace)
		}
	}
}
