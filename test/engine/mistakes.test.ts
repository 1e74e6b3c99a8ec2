import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import * as rhombus from "../../provider";
import { describeLong } from "../tally";
import { useFixture } from "./fixture";
import { refusal } from "./stack";

describeLong("mistakes in a program", function () {
  this.timeout(60_000);
  const fixture = useFixture();

  /** What a preview says is wrong, one line each. */
  async function problems(program: PulumiFn): Promise<string[]> {
    const { message } = await refusal(fixture.stack.preview(program));
    assert.ok(!message.includes("<nil>"), message);
    return [...message.matchAll(/^error: .*? resource '\w+' has a problem: (.*)$/gm)].map(([, reason = ""]) => reason);
  }

  it("are all named by the preview, with the place and the remedy", async () => {
    const badArgs = {
      displayName: " ",
      saveclips: true,
      badgeFaceVerificationMode: "ON",
      doorInfoMap: { "1:4": { doorNam: "Lobby", clipDuration: -1 }, lobby: {} },
    };
    const reasons = await problems(async () => {
      new rhombus.OnGuardIntegration("hq", untyped(badArgs));
    });
    assert.deepEqual(reasons.sort(), [
      'badgeFaceVerificationMode is "ON"; it must be one of "OFF", "SHADOW", "SUPERVISED", "AUTO".',
      "displayName must not be empty.",
      'doorInfoMap.lobby: an OnGuard door key is "controller:device", two numbers such as "1:4", not "lobby".',
      'doorInfoMap["1:4"].clipDuration is -1; it must be a whole number from 0 to 2147483647.',
      'doorInfoMap["1:4"].doorNam is an unknown property. Did you mean "doorName"?',
      'saveclips is an unknown property. Did you mean "saveClips"?',
    ]);
  });

  it("in a group name the form of id that Rhombus takes", async () => {
    const reasons = await problems(async () => {
      new rhombus.AccessControlGroup("engineering", {
        name: "x".repeat(300),
        locationUuid: "0ccfec37-0f27-4efd-b7cc-2b0d4e0e9bb4",
      });
    });
    assert.deepEqual(reasons, [
      "name has 300 characters; at most 255 are allowed.",
      'locationUuid is a UUID of 36 characters; Rhombus writes it in 22: "DM_sNw8nTv23zCsNTg6btA".',
    ]);
  });

  it("in the name of a setting are warned of in each run, once", async () => {
    await fixture.stack.setConfig("rhombus:maxretries", "3");
    const program: PulumiFn = async () => {
      for (const name of ["one", "two"]) new rhombus.AccessControlGroup(name);
    };
    for (const _run of ["first", "second"]) {
      const { text } = await fixture.stack.preview(program);
      const said =
        /rhombus:maxretries is set in the stack config, and there is no such setting\. Did you mean rhombus:maxR/g;
      assert.equal(text.match(said)?.length, 1, text);
    }
  });

  it("in a vendor key are named without the key", async () => {
    const canary = `kisi canary ${"y".repeat(5000)}`;
    const reasons = await problems(async () => {
      new rhombus.KisiIntegration("kisi", { apiSecretKey: pulumi.secret(canary), placeId: 5 });
    });
    assert.match(reasons[0] ?? "", /^apiSecretKey has \d+ characters; at most 4096 are allowed\.$/);
    assert.match(
      reasons[1] ?? "",
      /^placeId exists only in the first version of the Kisi API\. .* declare apiVersion: "V1"\.$/,
    );
    assert.ok(!fixture.stack.shown().includes("kisi canary"));
  });

  it("of a Map, which the SDK would send as an empty object, are refused wherever it stands", async () => {
    const map = new Map([["1:4", { doorName: "Lobby" }]]);
    const said = /GeneaIntegration "front": doorInfoMap is a Map: write `Object\.fromEntries\(map\)`/;
    const requests = fixture.emulator.requests().length;
    for (const doorInfoMap of [map, Promise.resolve(map), pulumi.output("").apply(() => map)]) {
      const program: PulumiFn = async () => {
        new rhombus.GeneaIntegration("front", untyped({ apiToken: "key", doorInfoMap }));
      };
      assert.match((await refusal(fixture.stack.up(program))).message, said);
    }
    assert.equal(fixture.emulator.requests().length, requests);
  });

  it("in the settings are named with the places that were looked at", async () => {
    await fixture.stack.setConfig("rhombus:orgUuid", "bluebird");
    const { message } = await refusal(fixture.stack.preview(oneGroup));
    assert.match(message, /rhombus:orgUuid: is not an organization's uuid as Rhombus writes it: 22 characters/);
  });
});

const oneGroup = async () => {
  new rhombus.AccessControlGroup("engineering");
};

/** Arguments as a program in JavaScript may write them. */
function untyped(args: object): object {
  return args;
}
