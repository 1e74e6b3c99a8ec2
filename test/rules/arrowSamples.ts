/** Imports that a file of each part of the provider would like to make. */
export interface Samples {
  /** Imports that the lint has to refuse: module names, or whole statements. */
  readonly refused: readonly string[];
  /** Imports that it has to let pass. */
  readonly allowed: readonly string[];
}

const EVERY_FORM = ["import type { A } from M", "export * from M", "import * as a from M", "const a = await import(M)"];

/** The samples by file, as its path from the root. */
export const samples: Readonly<Record<string, Samples>> = {
  "provider/core/sample.ts": {
    refused: [
      ...EVERY_FORM.map((form) => form.replace("M", '"../rhombus/ruuid"')),
      ...[
        "../pulumi/wire",
        "../resources/doorInfo",
        "../emulator/index",
        "../providers",
        "../index",
        "../../dist/index",
      ],
      ...["@pulumi/pulumi", "axios", "axios-retry", "uuid", "node:fs", 'const a = require("axios")'],
    ],
    allowed: ["./values", "fastest-levenshtein"],
  },
  "provider/rhombus/sample.ts": {
    refused: [
      ...EVERY_FORM.map((form) => form.replace("M", '"axios"')),
      ...["../core/values", "../pulumi/wire", "../resources/doorInfo", "../emulator/index", "../providers"],
      ...["@pulumi/pulumi", "axios-retry", "valibot", "../../dist/index"],
    ],
    allowed: ["./client", "./wire/schema", "node:http", "ini", "proxy-from-env", "uuid"],
  },
  "provider/rhombus/wire/sample.ts": {
    refused: ["../client", "../../core/values", "../../resources/doorInfo", "axios", "@pulumi/pulumi", "node:fs"],
    allowed: ["./schema", "valibot"],
  },
  "provider/rhombus/api/client.ts": {
    refused: ["../core/values", "../pulumi/wire", "../resources/doorInfo", "../emulator/index", "@pulumi/pulumi"],
    allowed: ["axios", "axios-retry", "node:https", "./settings"],
  },
  "provider/rhombus/http/transport.ts": {
    refused: ["../core/values", "../pulumi/wire", "../resources/doorInfo", "../emulator/index", "@pulumi/pulumi"],
    allowed: ["axios", "axios-retry", "node:https", "./settings"],
  },
  "provider/rhombus/http/tunnel.ts": {
    refused: ["../core/values", "../pulumi/wire", "../resources/doorInfo", "../emulator/index", "@pulumi/pulumi"],
    allowed: ["hpagent", "node:https", "./failures"],
  },
  "provider/pulumi/sample.ts": {
    refused: [
      ...["../rhombus/api", "../resources/doorInfo", "../resources/geneaIntegration/definition", "../emulator/index"],
      ...["../providers", "../provider", "axios", "node:fs"],
    ],
    allowed: ["./wire", "../core/values", "@pulumi/pulumi", "node:http2"],
  },
  "provider/resources/sample.ts": {
    refused: [
      ...["../pulumi/resource", "../emulator/index", "../providers", "./geneaIntegration/definition", "axios"],
      'import * as pulumi from "@pulumi/pulumi"',
      'import { Output } from "@pulumi/pulumi"',
    ],
    allowed: ["./doorInfo", "../core/fields", "../rhombus/wire/doors", 'import type { Input } from "@pulumi/pulumi"'],
  },
  "provider/resources/door/definition.ts": {
    refused: [
      ...EVERY_FORM.map((form) => form.replace("M", '"@pulumi/pulumi"')),
      ...["./resource", "../../pulumi/resource", "../geneaIntegration/definition", "../../emulator/index"],
      ...["../../providers", "axios", "node:fs"],
    ],
    allowed: [
      "./inputs",
      "../doorInfo",
      "../../core/definition",
      "../../rhombus/api",
      "../../rhombus/wire/doors",
      "uuid",
    ],
  },
  "provider/resources/door/resource.ts": {
    refused: [
      ...["../../core/values", "../../rhombus/api", "../../pulumi/wire", "../geneaIntegration/resource"],
      ...["../../emulator/index", "../../provider", 'import * as pulumi from "@pulumi/pulumi"'],
      'import { CustomResource } from "@pulumi/pulumi"',
    ],
    allowed: [
      ...["./definition", "./inputs", "../doorInfo", "../../pulumi/resource"],
      'import type { CustomResourceOptions, Input, Output } from "@pulumi/pulumi"',
    ],
  },
  "provider/lookups/sample.ts": {
    refused: ["../emulator/index", "../cli/main", "../index", "../runtime", "../../dist/index", "axios"],
    allowed: [
      "../core/values",
      "../rhombus/api",
      "../pulumi/wire",
      "../resources/doorInfo",
      "@pulumi/pulumi",
      "./sample",
    ],
  },
  "provider/sample.ts": {
    refused: ["./emulator/index", "./cli/main", "./index", "./runtime", "../dist/index", "axios", "axios-retry"],
    allowed: ["./core/values", "./rhombus/api", "./pulumi/wire", "./resources/doorInfo", "@pulumi/pulumi"],
  },
  "provider/index.ts": {
    refused: [
      ...["./core/values", "./pulumi/resource", "./rhombus/api", "./emulator/index", "./runtime", "./providers"],
      ...["./resources/geneaIntegration/definition", "@pulumi/pulumi", "../dist/index"],
    ],
    allowed: ["./provider", "./resources/doorInfo", "./resources/geneaIntegration/resource", "./lookups/getUser"],
  },
  "provider/emulator/sample.ts": {
    refused: [
      ...["../core/values", "../rhombus/ruuid", "../resources/doorInfo", "../pulumi/wire", "../providers"],
      ...["../index", "@pulumi/pulumi", "axios"],
    ],
    allowed: ["./server", "node:http", "uuid"],
  },
  "provider/cli/sample.ts": {
    refused: ["axios", "axios-retry", "../index", "../runtime", "../../dist/emulator/index"],
    allowed: ["../emulator/index", "../rhombus/client", "../providers", "commander", "js-yaml", "node:fs"],
  },
  "test/sample.ts": {
    refused: ["../dist/index", "../dist"],
    allowed: ["../provider/emulator/index", "../provider/core/values"],
  },
};
