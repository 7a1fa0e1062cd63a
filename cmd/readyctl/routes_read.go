package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"go.opentelemetry.io/collector/pdata/ptrace"

	"github.com/readygate/readygate/internal/route"
	"github.com/readygate/readygate/internal/series"
	"github.com/readygate/readygate/internal/telemetry"
)

// maxWrong is how many wrong lines are told.
const maxWrong = 20

// routesReader fills a table with what it reads.
type routesReader struct {
	table  *routeTable
	buffer []byte

	wrong []error // the first maxWrong
	more  int     // and how many beyond

	requests, otherSpans int64
}

// file reads one input.
func (r *routesReader) file(ctx context.Context, path string, stdin io.Reader) {
	in, closeIn, err := open(input{path: path}, stdin)
	if err != nil {
		r.bad(err)
		return
	}
	defer closeIn()
	lines := bufio.NewReaderSize(&stopReader{in, ctx.Err}, 64<<10)
	for n := 1; ; n++ {
		line, _, tooLong, err := readLine(lines)
		if tooLong {
			r.bad(fmt.Errorf("%s:%d: got more than %d MiB, allowed: a path, or a request in OTLP JSON, on a line", path, n, maxLine>>20))
		} else if wrong := r.line(strings.TrimSpace(line)); wrong != nil {
			r.bad(fmt.Errorf("%s:%d: %w", path, n, wrong))
		}
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			r.bad(fmt.Errorf("%s: %w", path, err))
			return
		}
	}
}

// bad notes what is wrong.
func (r *routesReader) bad(err error) {
	if len(r.wrong) == maxWrong {
		r.more++
		return
	}
	r.wrong = append(r.wrong, err)
}

// err is everything that is wrong.
func (r *routesReader) err() error {
	if r.more > 0 {
		return errors.Join(append(r.wrong, fmt.Errorf("and %d more", r.more))...)
	}
	return errors.Join(r.wrong...)
}

// line reads a line. What is wrong with it does not quote it.
func (r *routesReader) line(line string) error {
	if line == "" {
		return nil
	}
	if strings.HasPrefix(line, "{") {
		return r.traces([]byte(line))
	}
	if path := route.PathOf(line); path != "" {
		r.template("", path, line)
	} else {
		r.unknown("", line)
	}
	return nil
}

// unknown counts a request that tells no path, as "*" and "-" of access logs.
func (r *routesReader) unknown(service, text string) {
	r.requests++
	r.table.add(service, []byte(telemetry.UnknownEndpoint), text, true)
}

// template counts a request by the template of its path, which was told in text.
func (r *routesReader) template(service, path, text string) {
	r.requests++
	r.buffer = route.AppendTemplate(r.buffer[:0], path)
	r.table.add(service, r.buffer, text, string(r.buffer) != path)
}

// traces counts the requests that a batch of spans tells.
func (r *routesReader) traces(batch []byte) error {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(batch, &keys); err != nil || keys["resourceSpans"] == nil {
		return errors.New("got a line with {, but no JSON with resourceSpans; allowed: OTLP JSON of traces, one request a line")
	}
	td, err := new(ptrace.JSONUnmarshaler).UnmarshalTraces(batch)
	if err != nil {
		// The error may quote the line.
		return errors.New("got no OTLP of traces under resourceSpans, allowed: a request as the file exporter writes it")
	}
	for _, rs := range td.ResourceSpans().All() {
		service := series.IdentityOf(rs.Resource()).Service
		for _, ss := range rs.ScopeSpans().All() {
			for _, span := range ss.Spans().All() {
				r.span(service, span)
			}
		}
	}
	return nil
}

// span counts the request of a SERVER span with HTTP attributes.
func (r *routesReader) span(service string, span ptrace.Span) {
	request := route.Request{Name: span.Name()}
	http, other := false, span.Kind() != ptrace.SpanKindServer
	olderURL := ""
	for name, value := range span.Attributes().All() {
		switch name {
		case "http.route":
			http, request.Route = true, value.Str()
		case "url.path":
			request.Path = value.Str()
		case "http.target":
			http, request.Target = true, value.Str()
		case "url.full":
			request.URL = value.Str()
		case "http.url":
			http, olderURL = true, value.Str()
		case "http.request.method", "http.method", "http.response.status_code", "http.status_code", "http.scheme":
			http = true
		case "url.scheme":
			http = http || value.Str() == "http" || value.Str() == "https"
		case "rpc.system.name", "rpc.system", "job.name": // a call or a job, which has no endpoint
			other = other || value.Str() != ""
		}
	}
	if other || !http {
		r.otherSpans++
		return
	}
	if request.URL == "" {
		request.URL = olderURL
	}
	switch text, isRoute := request.Endpoint(); {
	case isRoute:
		r.requests++
		r.table.add(service, []byte(series.LabelValue(text)), request.Route, text != request.Route)
	case text != "":
		r.template(service, text, text)
	default:
		r.unknown(service, request.Name)
	}
}

// summary tells what the list does not.
func (r *routesReader) summary(talk io.Writer) {
	if r.requests == 0 {
		fmt.Fprintln(talk, "no requests in the input")
	}
	if r.otherSpans > 0 {
		fmt.Fprintf(talk, "%s left out: not of kind SERVER, or without HTTP attributes\n", amount(int(r.otherSpans), "span"))
	}
	if n := r.table.beyond; n > 0 {
		fmt.Fprintf(talk, "%s of templates beyond the first %d, counted as %s; --limit allows more\n", amount(int(n), "request"), r.table.limit, telemetry.Other)
	}
}
