package push

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
	"strings"
)

// Address reads where a Grafana is, such as https://grafana.example.com or
// https://example.com/grafana. Over http:// anybody on the way reads the token: only this
// machine is allowed, unless insecure is true. Errors name no more of the text than the
// host, as the rest may hold what is secret.
func Address(text string, insecure bool) (*url.URL, error) {
	base, err := url.Parse(text)
	switch {
	case err != nil:
		return nil, errors.New("got what is no URL, allowed: such as https://grafana.example.com")
	case base.Scheme != "http" && base.Scheme != "https":
		return nil, errors.New("got an address without https:// before it, allowed: such as https://grafana.example.com")
	case base.Hostname() == "":
		return nil, errors.New("got a URL without a host, allowed: such as https://grafana.example.com")
	case base.User != nil:
		return nil, fmt.Errorf("got a user in the URL of %s, allowed: a URL without one", base.Host)
	case base.RawQuery != "", base.ForceQuery, base.Fragment != "":
		return nil, fmt.Errorf("got a query or a fragment, after ? or #, in the URL of %s, allowed: a URL without one", base.Host)
	case base.Scheme == "http" && !insecure && !isLoopback(base.Hostname()):
		return nil, fmt.Errorf("got http:// to %s, over which anybody on the way reads the token, allowed: https://, http:// to this machine, or --insecure-http", base.Host)
	}
	return base, nil
}

func isLoopback(host string) bool {
	at, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && at.Unmap().IsLoopback()
}

// Token reads the token of a service account, with white space around it.
func Token(text string) (string, error) {
	token := strings.TrimSpace(text)
	if token == "" || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", errors.New("got nothing, or more than one word, allowed: the token of a service account")
	}
	return token, nil
}
