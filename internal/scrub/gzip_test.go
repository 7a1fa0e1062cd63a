package scrub_test

import (
	"bytes"
	"compress/gzip"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/detect"
)

// packed returns text as gzip.
func packed(t *testing.T, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := z.Write([]byte(text))
	require.NoError(t, err)
	require.NoError(t, z.Close())
	return out.Bytes()
}

func TestCompressedBytesAreUnpackedAndGoAsAWhole(t *testing.T) {
	secret := packed(t, `{"user":"jane@example.com"}`)
	for name, c := range map[string]struct{ in, out []byte }{
		"with an address":  {secret, []byte("[REDACTED:email]")},
		"cut off":          {secret[:len(secret)-6], []byte("[REDACTED:email]")},
		"clean":            {packed(t, "nothing"), packed(t, "nothing")},
		"no gzip at all":   {[]byte{0x1f, 0x8b, 'x'}, []byte{0x1f, 0x8b, 'x'}},
		"larger unpacked":  {packed(t, strings.Repeat("a", 1<<11)), []byte(detect.Unscannable(detect.TooLarge))},
		"a bomb of 64 MiB": {packed(t, strings.Repeat("a", 64<<20)), []byte(detect.Unscannable(detect.TooLarge))},
	} {
		t.Run(name, func(t *testing.T) {
			ld := records("shop")
			record(ld, 0).Attributes().PutEmptyBytes("packed").FromRaw(c.in)
			walk(t, "preset: default", ld, nil)
			got, ok := record(ld, 0).Attributes().Get("packed")
			require.True(t, ok)
			if name == "a bomb of 64 MiB" {
				require.LessOrEqual(t, got.Bytes().Len(), 64)
				return
			}
			require.Equal(t, c.out, got.Bytes().AsRaw())
		})
	}
}
