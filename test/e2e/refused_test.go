package e2e

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.opentelemetry.io/collector/pdata/ptrace/ptraceotlp"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
)

// What is no OTLP, or too much of it, is refused as the protocol says, and the
// gateway goes on.
func TestBadOTLPIsRefusedAndTheGatewayGoesOn(t *testing.T) {
	g := start(t)
	url := "http://" + g.http + "/v1/traces"
	for _, c := range []struct {
		what, contentType, encoding string
		body                        []byte
		status                      int
	}{
		{"no protobuf", "application/x-protobuf", "", []byte("\xff\xff\xff\xff"), http.StatusBadRequest},
		{"no JSON", "application/json", "", []byte(`{"resourceSpans": [{`), http.StatusBadRequest},
		{"JSON of other types", "application/json", "", []byte(`{"resourceSpans": "x"}`), http.StatusBadRequest},
		{"no gzip", "application/x-protobuf", "gzip", []byte("plain"), http.StatusBadRequest},
		{"an unknown type", "text/plain", "", []byte("x"), http.StatusUnsupportedMediaType},
		{"zstd, which is not offered", "application/x-protobuf", "zstd", []byte("x"), http.StatusBadRequest},
		{"more than 4 MiB", "application/x-protobuf", "", make([]byte, 5<<20), http.StatusBadRequest},
		{"two million levels", "application/x-protobuf", "", nested(19 << 20), http.StatusBadRequest},
		{"two million levels, packed", "application/x-protobuf", "gzip", packed(t, nested(19<<20)), http.StatusBadRequest},
		{"as many levels as 4 MiB hold", "application/x-protobuf", "", nested(4<<20 - 64), http.StatusOK},
		{"a bomb", "application/json", "gzip", bomb(t, 64<<20), http.StatusBadRequest},
	} {
		code, answer := post(t, url, c.contentType, c.encoding, c.body)
		require.Equal(t, c.status, code, "%s: %s", c.what, answer)
	}

	conn, err := grpc.NewClient(g.grpc, grpc.WithTransportCredentials(insecure.NewCredentials()))
	require.NoError(t, err)
	defer conn.Close()
	client := ptraceotlp.NewGRPCClient(conn)
	td, _, _ := batch(1, 1, 1)
	td.ResourceSpans().At(0).Resource().Attributes().PutStr("big", strings.Repeat("x", 5<<20))
	_, err = client.Export(t.Context(), ptraceotlp.NewExportRequestFromTraces(td))
	require.Equal(t, codes.ResourceExhausted, status.Code(err), "%v", err)

	td, _, _ = batch(1, 1, 3)
	_, err = client.Export(t.Context(), ptraceotlp.NewExportRequestFromTraces(td))
	require.NoError(t, err)
	g.stop(t)
	require.Len(t, g.traces(t), 2)
	deep := g.traces(t)[0].ResourceSpans().At(0).ScopeSpans().At(0).Spans().At(0)
	require.Contains(t, fmt.Sprint(deep.Attributes().AsRaw()), "[REDACTED:unscannable_depth]")
	require.Equal(t, 3, g.traces(t)[1].SpanCount())
}

func bomb(t *testing.T, size int) []byte {
	return packed(t, append([]byte(`{"resourceSpans":[`), bytes.Repeat([]byte(" "), size)...))
}

// nested is a trace export request of about size bytes whose one attribute is an
// array in an array in an array.
func nested(size int) []byte {
	const (
		stringValue = 1<<3 | 2
		arrayValue  = 5<<3 | 2
		element     = 1<<3 | 2
	)
	// Lengths depend on what is inside, so it grows from its end.
	reversed := []byte{'x', 1, stringValue}
	prepend := func(tag byte) {
		length := binary.AppendUvarint(nil, uint64(len(reversed)))
		slices.Reverse(length)
		reversed = append(append(reversed, length...), tag)
	}
	for len(reversed) < size-32 {
		prepend(element)
		prepend(arrayValue)
	}
	for _, field := range []byte{
		2<<3 | 2, // KeyValue.value
		9<<3 | 2, // Span.attributes
		2<<3 | 2, // ScopeSpans.spans
		2<<3 | 2, // ResourceSpans.scope_spans
		1<<3 | 2, // ExportTraceServiceRequest.resource_spans
	} {
		prepend(field)
	}
	slices.Reverse(reversed)
	return reversed
}

func packed(t *testing.T, content []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(content)
	require.NoError(t, err)
	require.NoError(t, w.Close())
	return b.Bytes()
}

func post(t *testing.T, url, contentType, encoding string, body []byte) (int, string) {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	require.NoError(t, err)
	request.Header.Set("Content-Type", contentType)
	if encoding != "" {
		request.Header.Set("Content-Encoding", encoding)
	}
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	defer response.Body.Close()
	answer, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	return response.StatusCode, string(answer)
}

// A wrong configuration is refused at the start with every problem at once, each
// with its key, what was given and what is allowed; nothing is written.
func TestAWrongConfigurationIsRefusedWithEveryProblem(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("READYGATE_DATA_DIR", filepath.Join(dir, "data"))
	stdout, stderr, code := run(t, program(t, "READYGATE"), "--config", "embedded:default", "--config",
		"yaml:{processors: {scrub: {max_value_bytes: -1, max_depth: 0}}, connectors: {red: {metrics_flush_interval: 0s, limits: {series: -5}}}}")
	require.NotZero(t, code)
	for _, part := range []string{
		"processors::scrub", "max_value_bytes", "-1", "max_depth",
		"connectors::red", "metrics_flush_interval", "0s", "limits", "-5", "allowed",
	} {
		require.Contains(t, stdout+stderr, part)
	}
	_, err := os.Stat(filepath.Join(dir, "data"))
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestAnUnknownEmbeddedConfigurationNamesThoseThatAre(t *testing.T) {
	_, stderr, code := run(t, program(t, "READYGATE"), "--config", "embedded:nothing")
	require.NotZero(t, code)
	require.Contains(t, stderr, `got "embedded:nothing", allowed: embedded:default`)
}
