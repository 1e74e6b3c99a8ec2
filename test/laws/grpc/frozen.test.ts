import assert from "node:assert/strict";
import manifest from "../../../package.json";
import * as resources from "../../../provider";
import { handlerText } from "../../../provider/pulumi/handler";
import { onGuardId } from "../../../provider/resources/onGuardIntegration/definition";
import { resourceTypes } from "../../../provider/resources/registry";
import * as runtime from "../../../provider/runtime";

// Everything here is written into saved states. A change would leave them with resources that nothing can refresh or delete.
describe("the parts of saved states that never change", () => {
  it("names the installed package in one line as the code of a resource", () => {
    assert.equal(
      handlerText("AccessControlGroup"),
      'exports.handler = () => require("pulumi-rhombus/provider").AccessControlGroup;',
    );
  });

  it("finds a provider of every type ever saved under pulumi-rhombus/provider", () => {
    const released = ["AccessControlGroup", "GeneaIntegration", "KisiIntegration", "OnGuardIntegration"];
    assert.deepEqual(Object.keys(runtime).sort(), [...resourceTypes].sort());
    for (const type of released) assert.ok(type in runtime, type);
  });

  it("has a provider for each resource class that programs can use", () => {
    const classes = Object.keys(resources).filter((name) => Reflect.get(Reflect.get(resources, name), "get"));
    assert.deepEqual(classes.sort(), Object.keys(runtime).sort());
  });

  it("offers the whole of Pulumi's interface for each type", () => {
    const methods = ["check", "configure", "create", "delete", "diff", "read", "update"];
    for (const provider of Object.values(runtime)) assert.deepEqual(Object.keys(provider).sort(), methods);
  });

  it("keeps pulumi-rhombus/provider among the package's exports", () => {
    assert.deepEqual(Object.keys(manifest.exports), [".", "./provider", "./emulator", "./package.json"]);
    assert.equal(manifest.exports["./provider"].default, "./dist/runtime.js");
  });

  it("derives the same id from an OnGuard token as ever", () => {
    assert.equal(onGuardId("2uVVrIrfR22PS0zgP8gJHg"), "756ae36e-3581-59bd-96d0-4d2d207e7f1a");
  });
});
