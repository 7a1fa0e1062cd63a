package main

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"github.com/spf13/cobra"

	"github.com/readygate/readygate/dashboards"
)

// Folders of dashboards. Grafana reads a folder with all that is below it, and the same
// dashboard in two schemas has one uid: they lie beside each other.
const (
	dashboardsFolder   = "dashboards"
	dashboardsV2Folder = "dashboards-v2"
)

// Layouts that dashboards can be written in.
const (
	dashboardFiles      = "files"
	dashboardConfigMaps = "configmap"
)

type dashboardOptions struct{ format, path string }

func (o *dashboardOptions) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&o.format, "dashboard-format", dashboardFiles, "of the dashboards: files, with a provisioning file and schema v2, or configmap, for the sidecar of Grafana's chart")
	cmd.Flags().StringVar(&o.path, "dashboard-path", dashboards.DefaultPath, "where Grafana finds the files of dashboards, for the provisioning file")
}

func (o *dashboardOptions) check() error {
	if o.format != dashboardFiles && o.format != dashboardConfigMaps {
		return fmt.Errorf("--dashboard-format: got %q, allowed: %s, %s", o.format, dashboardConfigMaps, dashboardFiles)
	}
	return nil
}

func makeDashboards(r request) ([]output, string, error) {
	all, err := dashboards.Generate(r.catalog)
	if err != nil {
		return nil, "", err
	}
	if r.dashboards.format == dashboardConfigMaps {
		files, err := each(all, func(d dashboards.Dashboard) (output, error) {
			text, err := dashboards.ConfigMap(d, r.object.Namespace)
			return output{dashboardsFolder + "/" + d.Name + ".yaml", text}, err
		})
		return files, "", err
	}
	files, err := each(all, func(d dashboards.Dashboard) (output, error) {
		text, err := dashboards.JSON(d.Dashboard)
		return output{dashboardsFolder + "/" + d.Name + ".json", text}, err
	})
	if err != nil {
		return nil, "", err
	}
	v2, err := each(all, func(d dashboards.Dashboard) (output, error) {
		text, err := dashboards.V2(d.Dashboard)
		return output{dashboardsV2Folder + "/" + d.Name + ".json", text}, err
	})
	if err != nil {
		return nil, "", err
	}
	loader, err := dashboards.Provisioning(r.dashboards.path)
	files = append(append(files, v2...), output{dashboardsFolder + "/provisioning.yaml", loader})
	return files, "", err
}

// each writes all dashboards, as many at a time as there are processors, in their order.
// An error has those of all.
func each(all []dashboards.Dashboard, write func(dashboards.Dashboard) (output, error)) ([]output, error) {
	files, errs := make([]output, len(all)), make([]error, len(all))
	turns := make(chan struct{}, runtime.GOMAXPROCS(0))
	var writing sync.WaitGroup
	for i, d := range all {
		writing.Go(func() {
			turns <- struct{}{}
			files[i], errs[i] = write(d)
			<-turns
		})
	}
	writing.Wait()
	return files, errors.Join(errs...)
}
