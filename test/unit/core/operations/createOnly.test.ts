import assert from "node:assert/strict";
import { createObject } from "../../../../provider/core/operations/create";
import { Ownership } from "../../../../provider/core/ownership/ownership";
import { type Connection, defineResource, type Observed } from "../../../../provider/core/resource/definition";
import { text } from "../../../../provider/core/schema/fields";

const connection: Connection = {
  expectedOrganization: undefined,
  organizationRemedy: "",
  organization: async () => ({ uuid: "organization" }),
  outcomeOf: () => undefined,
  mayBeCarriedOutLate: () => false,
  isUnknownObject: () => false,
  isSilent: () => false,
  retries: () => ({ pauseAfter: () => undefined }),
};

/** Creates the label `campus`. The answer is empty; `effect` is the label that reads show afterwards. */
function create(effect: string | undefined) {
  const shown: string[] = [];
  const fields = { label: text({ required: true, replaces: true }) };
  const observed = (label: string): Observed => ({ id: label, values: { label }, outputs: {}, raw: undefined });
  const definition = defineResource<Connection, typeof fields, unknown>({
    shape: "collection",
    type: "Label",
    fields,
    outputs: { orgUuid: text() },
    display: { noun: "label", name: "label" },
    idSource: "The id is the label.",
    rightsToWrite: [],
    isId: () => true,
    key: ({ label = "" }) => ({ value: label, label: `the label "${label}"` }),
    listing: () => ({ fresh: async () => shown }),
    find: async () => shown.map(observed),
    create: async () => {
      shown.push(...(effect === undefined ? [] : [effect]));
      return undefined;
    },
    remove: async () => {},
    lockName: () => undefined,
  });
  const polling = { delaysMs: [0], sleep: async () => {} };
  const context = { definition, api: connection, ownership: new Ownership(), polling, warn: assert.fail };
  return createObject(context, { label: "campus" });
}

describe("core: a resource that can only be created and deleted, with empty answers", () => {
  it("is created if a read shows it", async () => {
    const { id, state } = await create("campus");
    assert.deepEqual([id, state.label], ["campus", "campus"]);
  });

  it("is not stored if no read shows it", async () => {
    await assert.rejects(create(undefined), {
      name: "LifecycleError",
      message: /^Run `pulumi up` again: the label "campus" was not created/,
    });
  });

  it("fails without a write if the object differs from the program", async () => {
    await assert.rejects(create("other"), { name: "PartialError", message: /does not show label/ });
  });
});
