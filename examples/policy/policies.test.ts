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
      doors === undefined ? {} : { doors },
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

describe("grants-have-schedules", () => {
  const locationUuid = "HOUxunVvR8W1ZPicEJOFNQ";
  const check = (props: object, grants?: string[]) => {
    const config = grants === undefined ? {} : { grants };
    return violations("grants-have-schedules", rhombus.AccessGrant, { locationUuid, ...props }, config);
  };

  it("refuses a grant that always holds and is not listed with its location", () => {
    const expected = (name: string) => [
      `Give the grant "${locationUuid}/${name}" a schedule, or have it added to the config of the policy pack.`,
    ];
    assert.deepEqual(check({ name: "Emergency", always: true }), expected("Emergency"));
    assert.deepEqual(check({ always: true }, ["Emergency", "it", `/it`]), expected("it"));
  });

  it("accepts one that is listed, and grants with a schedule", () => {
    assert.deepEqual(check({ name: "Emergency", always: true }, [`${locationUuid}/Emergency`]), []);
    assert.deepEqual(check({ name: "Gates", scheduleUuid: camera }), []);
    assert.deepEqual(check({ name: "Gates", scheduleUuid: camera, always: false }), []);
  });
});

/** The violations that a policy reports for a resource with the name `it`. */
function violations(policyName: string, resourceClass: unknown, props: object, config: object = {}): string[] {
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
    getConfig: <T extends object>() => config as T,
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
