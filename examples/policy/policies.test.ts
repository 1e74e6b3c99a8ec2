import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ResourceValidationArgs } from "@pulumi/policy";
import * as rhombus from "pulumi-rhombus";
import { policies } from "./policies.js";

const camera = "Z04p4MkMTCKnu7wjgDrmyQ";

describe("doors-have-cameras", () => {
  const check = (resourceClass: unknown, props: object) => violations("doors-have-cameras", resourceClass, props);

  it("refuses a door without cameras, at each vendor", () => {
    const doorInfoMap = { "1": { doorName: "Lobby" }, "2": { assignedCameraList: [] } };
    const expected = (system: string) =>
      ["1", "2"].map((key) => `Add a camera to the assignedCameraList of door "${system}/${key}", or remove the door.`);
    assert.deepEqual(check(rhombus.OnGuardIntegration, { doorInfoMap, displayName: "HQ" }), expected("onguard/HQ"));
    assert.deepEqual(check(rhombus.OnGuardIntegration, { doorInfoMap }), expected("onguard/it"));
    assert.deepEqual(check(rhombus.GeneaIntegration, { doorInfoMap }), expected("genea"));
    const places = { "41001": { doorInfoMap } };
    assert.deepEqual(check(rhombus.KisiIntegration, { placeToSettingsMap: places }), expected("kisi"));
    assert.deepEqual(check(rhombus.KisiIntegration, { doorInfoMap }), expected("kisi"));
    assert.deepEqual(check(rhombus.KisiIntegration, { doorToCameraMap: { "1": [], "2": [] } }), expected("kisi"));
  });

  it("accepts doors with a camera, and programs that map no door", () => {
    const doorInfoMap = { "1:4": { assignedCameraList: [camera] } };
    assert.deepEqual(check(rhombus.OnGuardIntegration, { doorInfoMap }), []);
    assert.deepEqual(check(rhombus.KisiIntegration, { placeToSettingsMap: { "41001": { doorInfoMap } } }), []);
    assert.deepEqual(
      check(rhombus.KisiIntegration, { doorInfoMap: { "1:4": {} }, doorToCameraMap: { "1:4": [camera] } }),
      [],
    );
    assert.deepEqual(check(rhombus.GeneaIntegration, {}), []);
    assert.deepEqual(check(rhombus.KisiIntegration, { placeToSettingsMap: { "41001": {} } }), []);
  });
});

describe("remote-unlock-is-listed", () => {
  const check = (doors: string[] | undefined, remoteUnlock: boolean | undefined) =>
    violations(
      "remote-unlock-is-listed",
      rhombus.OnGuardIntegration,
      { displayName: "HQ", doorInfoMap: { "1:4": { remoteUnlock } } },
      doors,
    );

  it("refuses remote unlock on a door that is not listed", () => {
    const expected = [
      'Remove remoteUnlock from door "onguard/HQ/1:4", or have the door added to the config of the policy pack.',
    ];
    assert.deepEqual(check(undefined, true), expected);
    assert.deepEqual(check([], true), expected);
    assert.deepEqual(check(["1:4", "HQ/1:4", "onguard/it/1:4", "onguard/HQ/1:44"], true), expected);
  });

  it("accepts it on a door that is listed, and doors without it", () => {
    assert.deepEqual(check(["onguard/HQ/1:4"], true), []);
    assert.deepEqual(check(undefined, false), []);
    assert.deepEqual(check(undefined, undefined), []);
  });
});

/** The violations that a policy reports for a resource with the name `it`. */
function violations(policyName: string, resourceClass: unknown, props: object, doors?: string[]): string[] {
  const notApplicable = new Error("not applicable");
  const args: ResourceValidationArgs = {
    type: "",
    name: "it",
    urn: "",
    props,
    opts: {
      protect: false,
      ignoreChanges: [],
      aliases: [],
      customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
      additionalSecretOutputs: [],
    },
    stackTags: new Map(),
    isType: (each) => each === resourceClass,
    asType: () => undefined,
    getConfig: <T extends object>() => (doors === undefined ? {} : { doors }) as T,
    notApplicable: () => {
      throw notApplicable;
    },
  };
  const reported: string[] = [];
  const { validateResource } = policies.find(({ name }) => name === policyName) ?? {};
  for (const validate of [validateResource ?? []].flat()) {
    try {
      validate(args, (message) => reported.push(message));
    } catch (error) {
      if (error !== notApplicable) throw error;
    }
  }
  return reported;
}
