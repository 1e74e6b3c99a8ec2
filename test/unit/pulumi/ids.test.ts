import assert from "node:assert/strict";
import { setImmediate } from "node:timers/promises";
import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "../../../provider";
import { mockEngine, promised, type Registered } from "./mocked";

/** Each class, an id of it, and what tells where ids are. */
const classes = [
  { type: rhombus.AccessControlGroup, id: "Z04p4MkMTCKnu7wjgDrmyQ", where: /getAccessControlGroup finds it by name/ },
  {
    type: rhombus.OnGuardIntegration,
    id: "3d813cbb-47fb-5b6a-9d4e-2a1d0c9f7b11",
    where: /getOnGuardIntegrations lists it/,
  },
  { type: rhombus.GeneaIntegration, id: "genea", where: /its id is "genea"/ },
  { type: rhombus.KisiIntegration, id: "kisi", where: /its id is "kisi"/ },
];

const token = "s3cr3t-T0ken-of-a-deployment";

/** What is no id of anything: tokens of any form, what is nearly an id, and what a program may have by mistake. */
const foreign = [
  token,
  "",
  " ",
  "1",
  "Genea",
  "kisi ",
  "Z04p4MkMTCKnu7wjgDrmyQ\n",
  "Z04p4MkMTCKnu7wjgDrmyR",
  "3d813cbb-47fb-4b6a-9d4e-2a1d0c9f7b11",
  "3D813CBB-47FB-5B6A-9D4E-2A1D0C9F7B11",
  "3d813cbb-47fb-5b6a-9d4e-2a1d0c9f7b11/",
  "__proto__",
];

describe("The id in a call of get", () => {
  let registered: Registered[];
  beforeEach(async () => {
    registered = await mockEngine();
  });

  for (const { type, where } of classes) {
    it(`is refused if it is missing, because Pulumi would create an object: ${type.name}`, () => {
      for (const none of [undefined, null]) {
        assert.throws(() => Reflect.apply(type.get, type, ["it", none]), where);
      }
      assert.deepEqual(registered, []);
    });
  }

  for (const { type, id, where } of classes) {
    it(`is refused at once, and not shown, if it does not have the format of an id: ${type.name}`, () => {
      for (const text of foreign) {
        assert.throws(
          () => type.get("it", text),
          (error) => {
            assert.ok(pulumi.RunError.isInstance(error), "Pulumi shows no stack with it");
            assert.match(error.message, where);
            assert.ok(text.length < 6 || !`${error.message}${error.stack}`.includes(text.trim()), error.message);
            return true;
          },
        );
      }
      assert.deepEqual(registered, []);
    });

    it(`is refused if the value of an output or promise does not have the format of an id: ${type.name}`, async () => {
      for (const text of [pulumi.output(token), Promise.resolve(token)]) {
        assertRefused(await failures(() => type.get("it", text)), where);
      }
      assert.deepEqual(registered, []);
    });

    it(`is refused if it is a secret, whatever its format: ${type.name}`, async () => {
      for (const text of [id, token]) {
        const refused = await failures(() => type.get("it", pulumi.secret(text)));
        assertRefused(refused, /is a secret, and Pulumi stores and prints ids in clear/);
        assertRefused(refused, where);
      }
      assert.deepEqual(registered, []);
    });

    it(`may be an output or a promise: ${type.name}`, async () => {
      for (const given of [pulumi.output(id), Promise.resolve(id), pulumi.unsecret(pulumi.secret(id))]) {
        assert.equal(await promised(type.get("it", given).id), id);
      }
      assert.deepEqual(
        registered.map((each) => each.id),
        [id, id, id],
      );
    });
  }

  it("may be unknown in a preview", async () => {
    await mockEngine({ preview: true });
    const unknown = new rhombus.AccessControlGroup("staff").id.apply(() => pulumi.output(pulumi.unknown));
    assert.deepEqual(await failures(() => rhombus.AccessControlGroup.get("it", Object(unknown))), []);
  });

  it("is refused in the options as well, and for an import", () => {
    assert.throws(() => new rhombus.OnGuardIntegration("it", {}, { id: token }), /is not a valid id/);
    assert.throws(() => new rhombus.OnGuardIntegration("it", {}, { import: token }), /is not a valid id/);
  });
});

function assertRefused(errors: readonly unknown[], said: RegExp): void {
  const messages = [...new Set(errors.map((error) => (pulumi.RunError.isInstance(error) ? error.message : error)))];
  assert.equal(messages.length, 1, "all are one and the same error");
  assert.match(String(messages[0]), said);
  assert.doesNotMatch(String(messages[0]), /s3cr3t/);
}

/** What nobody catches while something is done; Pulumi ends a program with it. */
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
