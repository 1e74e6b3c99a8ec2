//go:build tools

// Package cli pins the Pulumi CLI and all it is built from, so that go.sum covers every line of it.
package cli

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
