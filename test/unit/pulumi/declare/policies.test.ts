import assert from "node:assert/strict";
import { type ResourceValidationPolicy, validateResourceOfType } from "@pulumi/policy";
import type { Resource } from "@pulumi/pulumi";
import { AnalyzeRequest, type AnalyzeResponse, AnalyzerResourceOptions } from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import * as rhombus from "../../../../provider";
import { type ResourceType, resourceTypes } from "../../../../provider/resources/registry";

type Analyze = (
  call: { request: AnalyzeRequest },
  respond: (error: unknown, response?: AnalyzeResponse) => void,
) => unknown;

/** The server of policy packs, whose types are not published. */
const server: {
  makeAnalyzeRpcFun(
    pack: string,
    version: string,
    level: string,
    policies: readonly ResourceValidationPolicy[],
  ): Analyze;
} = require("@pulumi/policy/server");

const classes: Readonly<Record<ResourceType, new (name: string, args: never) => Resource>> = { ...rhombus };

const engineType = (type: string) => `pulumi-nodejs:dynamic/rhombus:${type}`;

/** The number of violations that a policy pack answers to the engine for a resource. */
async function violations(policy: ResourceValidationPolicy, type: string): Promise<number> {
  const request = new AnalyzeRequest();
  request.setType(type);
  request.setOptions(new AnalyzerResourceOptions());
  request.setProperties(Struct.fromJavaScript({ name: "it" }));
  let count: number | undefined;
  await server.makeAnalyzeRpcFun("pack", "1.0.0", "mandatory", [policy])({ request }, (error, response) => {
    assert.ifError(error);
    count = response?.getDiagnosticsList().length;
  });
  return count ?? assert.fail("the policy pack did not answer");
}

for (const type of resourceTypes) {
  describe(`A policy for the class ${type}`, () => {
    const validate = validateResourceOfType(classes[type], (_props, _args, report) => report("refused"));
    // The policy pack selects by the class alone only if there is a list.
    for (const [form, validateResource] of Object.entries({ function: validate, list: [validate] })) {
      const policy = { name: "typed", description: "refuses all", validateResource };

      it(`validates the resources of the type, as a ${form}`, async () => {
        assert.equal(await violations(policy, engineType(type)), 1);
      });

      it(`validates no other resource, as a ${form}`, async () => {
        const others = resourceTypes.filter((other) => other !== type).map(engineType);
        for (const other of [...others, type, "aws:s3/bucket:Bucket"]) assert.equal(await violations(policy, other), 0);
      });
    }
  });
}
