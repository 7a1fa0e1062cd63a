package routing

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// patience is how long tests wait for what must happen.
const patience = 20 * time.Second

// alertmanager is a real one, on a port of its own of the loopback interface.
type alertmanager struct{ url string }

var listening = regexp.MustCompile(`msg="Listening on" address=(127\.0\.0\.1:\d+)`)

// start runs Alertmanager on a configuration until the test ends.
func start(t *testing.T, config string) alertmanager {
	t.Helper()
	address, running := launch(t, config)
	require.True(t, running, "Alertmanager did not start")
	return alertmanager{url: "http://" + address}
}

// launch runs Alertmanager until it ends or the test does, and reports whether it
// got so far as to listen.
func launch(t *testing.T, config string) (at string, running bool) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "alertmanager.yaml")
	require.NoError(t, os.WriteFile(path, []byte(config), 0o644))
	command := exec.Command(program(t, "ALERTMANAGER"), "--config.file="+path, "--storage.path="+dir,
		"--web.listen-address=127.0.0.1:0", "--cluster.listen-address=", "--data.retention=240h")
	output, err := command.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, command.Start())
	address := make(chan string, 1)
	var said bytes.Buffer
	var reading sync.WaitGroup
	reading.Go(func() {
		defer close(address)
		for lines := bufio.NewScanner(output); lines.Scan(); {
			said.Write(append(lines.Bytes(), '\n'))
			if found := listening.FindSubmatch(lines.Bytes()); found != nil {
				address <- string(found[1])
			}
		}
	})
	t.Cleanup(func() {
		_ = command.Process.Kill()
		reading.Wait()
		_ = command.Wait()
		if t.Failed() {
			t.Logf("Alertmanager said:\n%s", &said)
		}
	})
	select {
	case at, running = <-address:
	case <-time.After(patience):
		require.Fail(t, "Alertmanager neither listens nor ends")
	}
	return at, running
}

// alert is an alert as Prometheus sends it. The zero EndsAt is an alert that fires.
type alert struct {
	Labels      map[string]string `json:"labels"`
	Annotations map[string]string `json:"annotations,omitempty"`
	EndsAt      time.Time         `json:"endsAt,omitzero"`
}

// send sends alerts as Prometheus does.
func (a alertmanager) send(t *testing.T, alerts ...alert) {
	t.Helper()
	body, err := json.Marshal(alerts)
	require.NoError(t, err)
	response, err := http.Post(a.url+"/api/v2/alerts", "application/json", bytes.NewReader(body))
	require.NoError(t, err)
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.Equal(t, http.StatusOK, response.StatusCode, "%s", said)
}

// resolve ends the alerts.
func (a alertmanager) resolve(t *testing.T, alerts ...alert) {
	t.Helper()
	ended := make([]alert, len(alerts))
	for i, one := range alerts {
		ended[i] = alert{Labels: one.Labels, EndsAt: time.Now()}
	}
	a.send(t, ended...)
}

// get reads an answer of the API.
func (a alertmanager) get(t require.TestingT, path string, into any) {
	response, err := http.Get(a.url + path)
	require.NoError(t, err)
	defer response.Body.Close()
	require.Equal(t, http.StatusOK, response.StatusCode)
	require.NoError(t, json.NewDecoder(response.Body).Decode(into))
}
