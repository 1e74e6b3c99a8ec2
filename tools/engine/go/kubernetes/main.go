// The Kubernetes plugin of Pulumi, as its own main package builds it. That package embeds files that are not published.
// The releases of the plugin have no Go module: go.mod names the commit of January 2026 that is published as one, and the build
// gets the version of the SDK that examples/kubernetes-secret uses.
package main

import (
	_ "embed"

	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/provider"
	"github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version"
)

//go:embed schema.json
var schema []byte

//go:embed terraform-mapping.json
var terraformMapping []byte

func main() {
	provider.Serve("kubernetes", version.Version, schema, terraformMapping)
}
