package catalog

import (
	"net/mail"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/prometheus/common/model"
	"go.yaml.in/yaml/v3"
)

// labelSet maps names of labels to values that series must have.
func labelSet() form[map[string]string] {
	const allowed = "labels and their values, such as {queue: orders}"
	const label = "the name of a label: letters, digits and _, neither a digit nor __ first"
	return form[map[string]string]{
		allowed: allowed,
		read: func(d *decoder, n *node, path string, to *map[string]string) {
			if !d.kind(n, path, yaml.MappingNode, allowed) {
				return
			}
			*to = make(map[string]string, len(n.Content)/2)
			for i := 0; i < len(n.Content); i += 2 {
				key, value := n.Content[i], n.Content[i+1]
				name, ok := d.words(key, path, label)
				if !ok {
					continue
				}
				if !model.LegacyValidation.IsValidLabelName(name) || strings.HasPrefix(name, "__") {
					d.fail(key, join(path, name), given(key), label)
				} else if _, twice := (*to)[name]; twice {
					d.fail(key, join(path, name), "the label again", "each label once")
				}
				(*to)[name], _ = d.words(value, join(path, name), "the value of the label")
			}
		},
		schema: func(schema) schema {
			return schema{
				"type": "object", "additionalProperties": schema{"type": "string", "minLength": 1},
				"propertyNames": schema{"pattern": "^(_|_?[a-zA-Z][a-zA-Z0-9_]*|_[0-9][a-zA-Z0-9_]*)$"},
			}
		},
	}
}

// metricName is the name of a metric of Prometheus.
func metricName() form[string] {
	return pattern("the name of a metric of Prometheus: letters, digits, _ and :, no digit first", "^[a-zA-Z_:][a-zA-Z0-9_:]*$")
}

// serviceName is the name of a service. Parts of paths are made of it, and there these
// two mean another place.
func serviceName() form[string] {
	elsewhere := []string{".", ".."}
	f := textOf("the service.name of the telemetry, neither . nor ..", func(s string) bool { return !slices.Contains(elsewhere, s) })
	f.schema = func(schema) schema { return schema{"type": "string", "minLength": 1, "not": schema{"enum": elsewhere}} }
	return f
}

// kubernetesName is the name of an object. It is part of commands that runbooks
// tell people to copy, so nothing else may stand there.
func kubernetesName(what string) form[string] {
	return pattern(what+", as Kubernetes allows it: lower-case letters, digits, - and .", `^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$`)
}

// mailboxes are addresses of e-mail, divided by commas.
func mailboxes() form[string] {
	return textOf("addresses such as oncall@example.com, divided by commas", func(s string) bool {
		_, err := mail.ParseAddressList(s)
		return err == nil
	})
}

// hostPort is a host and a port.
func hostPort() form[string] {
	written := regexp.MustCompile(`^(\[[0-9a-fA-F:.]+\]|[a-zA-Z0-9]([-a-zA-Z0-9.]*[a-zA-Z0-9])?):([0-9]{1,5})$`)
	return textOf("host:port, such as mail.example.com:587", func(s string) bool {
		m := written.FindStringSubmatch(s)
		if m == nil {
			return false
		}
		if strings.HasPrefix(m[1], "[") {
			if _, err := netip.ParseAddr(strings.Trim(m[1], "[]")); err != nil {
				return false
			}
		}
		port, err := strconv.Atoi(m[3])
		return err == nil && port > 0 && port <= 65535
	})
}
