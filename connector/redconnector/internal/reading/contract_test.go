package reading

import (
	"bufio"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/readygate/readygate/internal/telemetry"
)

func TestGroupsHaveTheMetricsOfTheContractAndTheirLabels(t *testing.T) {
	var got []string
	for _, group := range NewReader(Config{}).Groups() {
		for _, metric := range group.Metrics {
			got = append(got, metric.Name)
			var labels []string
			for _, label := range group.Labels {
				if label.Name != metric.Omit {
					labels = append(labels, label.Name)
				}
			}
			if metric.Detail != "" {
				labels = append(labels, metric.Detail)
			}
			require.Equal(t, metric.Labels, labels, metric.Name)
		}
	}
	var want []string
	for _, metric := range telemetry.Metrics() {
		want = append(want, metric.Name)
	}
	require.Equal(t, want, got)
}

func TestValuesAreThoseOfTheContract(t *testing.T) {
	require.Equal(t, telemetry.DependencyKinds(), []string{kindDB, kindHTTP, kindRPC, kindMessaging, kindOther})
}

func TestADetailIsItsStatusAndBecomesItsClass(t *testing.T) {
	group := NewReader(Config{}).Groups()[0]
	for detail, want := range map[uint16][2]string{
		0: {"unknown", "unknown"}, 5: {"5xx", "5xx"}, 100: {"100", "1xx"}, 204: {"204", "2xx"}, 599: {"599", "5xx"},
	} {
		coarse := group.Coarse(detail)
		require.Equal(t, want, [2]string{group.Detail(detail), group.Detail(coarse)})
		require.Equal(t, coarse, group.Coarse(coarse))
	}
}

func TestTheContractNamesTheStatusesThatAreAServersFailure(t *testing.T) {
	pattern := regexp.MustCompile("^(?:" + telemetry.RPCServerErrors + ")$") // anchored, as Prometheus does
	require.False(t, slices.Contains(rpcStatuses[1:], ""))
	for s := rpcOK; int(s) < rpcStatusesSize; s++ {
		require.Equal(t, s.isServerError(), pattern.MatchString(s.String()), s.String())
		require.Equal(t, 1, strings.Count("\n"+strings.Join(rpcStatuses[:], "\n")+"\n", "\n"+s.String()+"\n"), s.String())
	}
	require.Equal(t, "UNAUTHENTICATED", rpcLastGRPC.String())
	require.Equal(t, "UNKNOWN", rpcUnknown.String())
	require.Equal(t, "ERROR", rpcError.String())
	require.Equal(t, "-32099", rpcStatuses[rpcStatusesSize-1])
}

// Each line of exception_types.txt is a type and its label, apart by a tab.
func TestExceptionTypesAreKeptButForWhatRunTimesMakeUp(t *testing.T) {
	file, err := os.Open("testdata/exception_types.txt")
	require.NoError(t, err)
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		class, want, _ := strings.Cut(lines.Text(), "\t")
		got := string(appendExceptionType(nil, class))
		require.Equal(t, want, got, class)
		require.Equal(t, got, string(appendExceptionType(nil, got)), "not idempotent: %s", class)
	}
}

func TestALongExceptionTypeIsCut(t *testing.T) {
	b, record := newBench(Config{}), failedRecord()
	record.Attributes().PutStr("exception.type", strings.Repeat("x1", 2<<20))
	require.Equal(t, First, b.reader.Exception(b.owner, record, testNow, &b.key, &b.o))
	require.LessOrEqual(t, cap(b.key.Buffer()), 4*maxClass, "what is kept for the next")
}
