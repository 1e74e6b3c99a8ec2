//go:build tools

// Package language pins the Node language host and all it is built from, so that go.sum covers every line of it.
package language

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
