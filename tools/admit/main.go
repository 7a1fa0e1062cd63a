// Admit judges PrometheusRule objects as a cluster would: the API server by the
// custom resource definition of the operator, and the operator by its own code. No
// cluster is needed.
//
//	admit CRD.yaml OBJECT.yaml...
//
// Everything wrong is printed, a line each, with exit code 1.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	monitoringv1 "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"github.com/prometheus-operator/prometheus-operator/pkg/operator"
	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/promql/parser"
	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	apiextensionsv1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	"k8s.io/apimachinery/pkg/util/validation/field"
	"sigs.k8s.io/yaml"
)

// annotationLimit is the size of all annotations of an object together. kubectl apply
// keeps a copy of the object in one.
const annotationLimit = apivalidation.TotalAnnotationSizeLimitB

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: admit CRD.yaml OBJECT.yaml...")
		os.Exit(2)
	}
	c, err := read(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	code := 0
	for _, path := range os.Args[2:] {
		text, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		for _, problem := range c.admit(text) {
			code = 1
			fmt.Printf("%s: %s\n", path, problem)
		}
	}
	os.Exit(code)
}

// cluster is what judges.
type cluster struct {
	group, version, kind string
	structural           *schema.Structural
	validator            validation.SchemaValidator
}

// read reads the definition. It must have one version.
func read(path string) (*cluster, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var crd apiextensionsv1.CustomResourceDefinition
	if err := yaml.UnmarshalStrict(text, &crd); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if n := len(crd.Spec.Versions); n != 1 {
		return nil, fmt.Errorf("%s: got %d versions, allowed: 1", path, n)
	}
	var props apiextensions.JSONSchemaProps
	version := crd.Spec.Versions[0]
	if err := apiextensionsv1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, &props, nil); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	structural, err := schema.NewStructural(&props)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	validator, _, err := validation.NewSchemaValidator(&props)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &cluster{crd.Spec.Group, version.Name, crd.Spec.Names.Kind, structural, validator}, nil
}

// admit returns everything wrong with an object.
func (c *cluster) admit(text []byte) []string {
	var object map[string]any
	if err := yaml.UnmarshalStrict(text, &object); err != nil {
		return []string{err.Error()}
	}
	var rule monitoringv1.PrometheusRule
	if err := yaml.Unmarshal(text, &rule); err != nil {
		return []string{err.Error()}
	}
	var problems []string
	if want := c.group + "/" + c.version; rule.APIVersion != want || rule.Kind != c.kind {
		problems = append(problems, fmt.Sprintf("got %s %s, allowed: %s %s", rule.APIVersion, rule.Kind, want, c.kind))
	}
	meta := rule.ObjectMeta
	if meta.Namespace == "" {
		meta.Namespace = "default" // as the client fills it in
	}
	for _, err := range apivalidation.ValidateObjectMeta(&meta, true, apivalidation.NameIsDNSSubdomain, field.NewPath("metadata")) {
		problems = append(problems, err.Error())
	}
	for _, err := range validation.ValidateCustomResource(nil, object, c.validator) {
		problems = append(problems, err.Error())
	}
	for _, err := range listtype.ValidateListSetsAndMaps(nil, c.structural, object) {
		problems = append(problems, err.Error())
	}
	if compact, err := json.Marshal(object); err != nil {
		problems = append(problems, err.Error())
	} else if len(compact) >= annotationLimit {
		problems = append(problems, fmt.Sprintf("got %d bytes, allowed for kubectl apply: less than %d", len(compact), annotationLimit))
	}
	unknown := pruning.PruneWithOptions(object, c.structural, true, schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true})
	for _, path := range unknown {
		problems = append(problems, path+": unknown field")
	}
	for _, err := range operator.ValidateRule(rule.Spec, model.UTF8Validation, parser.Options{}) {
		problems = append(problems, err.Error())
	}
	return problems
}
