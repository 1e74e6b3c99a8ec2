import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "../../../provider";
import { mockEngine, promised, type Registered } from "./mocked";

/** Each class, an id of it, and the place that errors name for its ids. */
const classes = [
  { type: rhombus.AccessControlGroup, id: "Z04p4MkMTCKnu7wjgDrmyQ", where: /getAccessControlGroup finds it by name/ },
  { type: rhombus.OnGuardIntegration, id: "3d813cbb-47fb-5b6a-9d4e-2a1d0c9f7b11", where: /getOnGuardIntegrations/ },
  { type: rhombus.GeneaIntegration, id: "genea", where: /its id is "genea"/ },
  { type: rhombus.KisiIntegration, id: "kisi", where: /its id is "kisi"/ },
];

const token = "s3cr3t-T0ken-of-a-deployment";

/** Texts that are ids of no resource: a token, near ids, and mistakes. */
const invalid = [
  ...[token, "", " ", "1", "Genea", "kisi ", "__proto__", "Z04p4MkMTCKnu7wjgDrmyQ\n", "Z04p4MkMTCKnu7wjgDrmyR"],
  ...["3d813cbb-47fb-4b6a-9d4e-2a1d0c9f7b11", "3D813CBB-47FB-5B6A-9D4E-2A1D0C9F7B11"],
];

for (const { type, id, where } of classes) {
  describe(`The id in a call of ${type.name}.get`, () => {
    let registered: Registered[];
    beforeEach(async () => {
      registered = await mockEngine();
    });

    it("is refused at once, and not shown, if it is missing or does not have the format of an id", () => {
      for (const none of [undefined, null]) assert.throws(() => Reflect.apply(type.get, type, ["it", none]), where);
      for (const text of invalid) {
        assert.throws(
          () => type.get("it", text),
          (error) => {
            assert.ok(pulumi.RunError.isInstance(error), "Pulumi shows no stack with it");
            assert.match(error.message, where);
            return text.length < 6 || !`${error.message}${error.stack}`.includes(text.trim());
          },
        );
      }
      assert.deepEqual(registered, []);
    });

    it("is refused as an output or a promise that has another format or is a secret", async () => {
      for (const text of [pulumi.output(token), Promise.resolve(token)]) await assertRefused(text, where);
      for (const text of [id, token]) {
        await assertRefused(pulumi.secret(text), /is a secret, and Pulumi stores and prints ids in plain text/);
      }
      assert.deepEqual(registered, []);
    });

    it("may be an output or a promise", async () => {
      const ids = [pulumi.output(id), Promise.resolve(id), pulumi.unsecret(pulumi.secret(id))];
      for (const each of ids) assert.equal(await promised(type.get("it", each).id), id);
      assert.equal(registered.length, ids.length);
    });

    async function assertRefused(text: pulumi.Input<string>, message: RegExp): Promise<void> {
      const errors = await failures(() => type.get("it", text));
      const [error, ...others] = new Set(
        errors.map((each) => (pulumi.RunError.isInstance(each) ? each.message : each)),
      );
      assert.deepEqual(others, [], "all are the same error");
      assert.match(String(error), message);
      assert.match(String(error), where);
      assert.doesNotMatch(String(error), /s3cr3t/);
    }
  });
}

describe("The id of an existing object", () => {
  it("may be unknown in a preview", async () => {
    await mockEngine({ preview: true });
    const unknown = new rhombus.AccessControlGroup("staff").id.apply(() => pulumi.output(pulumi.unknown));
    assert.deepEqual(await failures(() => rhombus.AccessControlGroup.get("it", Object(unknown))), []);
  });

  it("is refused in the options as well", async () => {
    await mockEngine();
    assert.throws(() => new rhombus.OnGuardIntegration("it", {}, { id: token }), /is not a valid id/);
  });
});

/** The uncaught errors of an action; Pulumi ends a program with one. */
async function failures(act: () => unknown): Promise<unknown[]> {
  const listeners = process.listeners("unhandledRejection");
  const caught: unknown[] = [];
  process.removeAllListeners("unhandledRejection");
  process.on("unhandledRejection", (error) => caught.push(error));
  try {
    act();
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    return caught;
  } finally {
    process.removeAllListeners("unhandledRejection");
    for (const listener of listeners) process.on("unhandledRejection", listener);
  }
}
