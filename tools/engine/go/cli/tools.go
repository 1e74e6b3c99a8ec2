//go:build tools

// Package cli pins the Pulumi CLI and all its dependencies, so that go.sum covers all of them.
package cli

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
