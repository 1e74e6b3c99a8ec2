//go:build tools

// Package language pins the Node language host and all its dependencies, so that go.sum covers all of them.
package language

import _ "github.com/pulumi/pulumi/sdk/v3/nodejs/cmd/pulumi-language-nodejs"
