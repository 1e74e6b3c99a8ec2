import assert from "node:assert/strict";
import { createObject } from "../../../../provider/core/operations/create";
import { deleteObject } from "../../../../provider/core/operations/delete";
import { Ownership } from "../../../../provider/core/ownership/ownership";
import {
  type Connection,
  defineResource,
  inputsOf,
  type Observed,
} from "../../../../provider/core/resource/definition";
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

const fields = { name: text({ required: true }), place: text({ required: true, replaces: true }) };

type Order = "create first" | "delete first";

/**
 * Replaces the sign "exit" of the hall by one of the yard, in one process. Returns the calls in order.
 * @param order The order of the engine.
 * @param more `stated`: the order of the definition, which the option `deleteBeforeReplace` can change; default: the same.
 * `rival`: another resource of the program has just created the sign of the yard.
 */
async function replaceSign(order: Order, more: { readonly stated?: Order; readonly rival?: true } = {}) {
  const calls: string[] = [];
  const signs = ["exit hall"];
  const observed = (id: string): Observed => {
    const [name = "", place = ""] = id.split(" ");
    return { id, values: { name, place }, outputs: {}, raw: undefined };
  };
  const definition = defineResource<Connection, typeof fields, unknown>({
    shape: "collection",
    type: "Sign",
    fields,
    outputs: { orgUuid: text() },
    display: { noun: "sign", name: "name" },
    idSource: "The id is the name and the place.",
    rightsToWrite: [],
    isId: () => true,
    ...((more.stated ?? order) === "create first" ? { createsReplacementFirst: true } : {}),
    key: ({ name = "", place = "" }) => ({ value: `${name} ${place}`, label: `the sign "${name}" of the ${place}` }),
    listing: () => ({ fresh: async () => signs }),
    find: async (_, query) => {
      const wanted = query === "all" ? undefined : "id" in query ? query.id : query.key;
      return signs.filter((each) => wanted === undefined || each === wanted).map(observed);
    },
    create: async (_, { name, place }) => {
      calls.push(`create ${name} ${place}`);
      signs.push(`${name} ${place}`);
      return observed(`${name} ${place}`);
    },
    remove: async (_, { id }) => {
      calls.push(`delete ${id}`);
      signs.splice(signs.indexOf(id), 1);
    },
    lockName: () => undefined,
  });
  const polling = { delaysMs: [0], sleep: async () => {} };
  const context = { definition, api: connection, ownership: new Ownership(), polling, warn: assert.fail };
  const [id, newInputs] = ["exit hall", { name: "exit", place: "yard" }];
  const state = { name: "exit", place: "hall", orgUuid: "organization" };
  const key = definition.key(inputsOf(newInputs));
  context.ownership.journal.recordCheck({ type: "Sign", key: key.value, name: "exit" });
  if (more.rival) {
    context.ownership.journal.recordCheck({ type: "Sign", key: key.value, name: "rival" });
    await createObject(context, newInputs);
  }
  context.ownership.recordComparison({ type: "Sign", id, instanceId: undefined, key, newInputs });
  const halves = [() => createObject(context, newInputs), () => deleteObject(context, { id, state })];
  if (order === "delete first") halves.reverse();
  try {
    for (const half of halves) await half();
  } catch (error) {
    calls.push(`error: ${String(error)}`);
  }
  return { calls, signs };
}

describe("core: a replacement", () => {
  it("creates the new object and deletes the old one, in the order that the definition states", async () => {
    const createdFirst = await replaceSign("create first");
    assert.deepEqual(createdFirst, { calls: ["create exit yard", "delete exit hall"], signs: ["exit yard"] });
    const deletedFirst = await replaceSign("delete first");
    assert.deepEqual(deletedFirst, { calls: ["delete exit hall", "create exit yard"], signs: ["exit yard"] });
  });

  it("succeeds in the other order as well, which `deleteBeforeReplace` can choose", async () => {
    for (const [order, stated] of [
      ["create first", "delete first"],
      ["delete first", "create first"],
    ] as const)
      assert.deepEqual(await replaceSign(order, { stated }), await replaceSign(order));
  });

  it("that deletes first deletes nothing if another resource of the program has the new key", async () => {
    for (const stated of ["create first", "delete first"] as const) {
      const { calls, signs } = await replaceSign("delete first", { stated, rival: true });
      assert.deepEqual(signs, ["exit hall", "exit yard"], stated);
      assert.match(calls.join(), /was not deleted, because the sign "exit" of the yard, .* already exists/);
    }
  });
});
