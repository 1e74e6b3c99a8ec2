import assert from "node:assert/strict";
import type { LoggedRequest } from "../../provider/emulator";
import { definitions, perType } from "../../provider/resources/registry";
import { begin, type Declared, type Program } from "../drivers/stack";
import { full, samples, type TypedSample } from "../resources/facts";

type Operation = NonNullable<LoggedRequest["operation"]>;

/** A declaration of each resource with all its inputs, by the name of its sample. */
export const everyResource: readonly (readonly [name: string, declared: Declared])[] = Object.entries(samples).map(
  ([name, sample]) => [name, { type: sample.type, inputs: full(sample) }],
);

/** The first sample of each type. */
export const samplePerType = perType(({ type }) => {
  return Object.values(samples).find((sample) => sample.type === type) ?? assert.fail(`no sample of ${type}`);
});

/** A program with one resource of each type, by the name of the type. */
export const everything: Program = programOf(({ type, least }) => ({ type, inputs: least }));

/** The same program with another value for one input of each resource that can be updated: a scalar if it has one. */
export const everythingChanged: Program = programOf(({ type, least, fields }) => {
  const changeable = Object.entries(fields).filter(([name]) => !isFixed(type, name));
  const scalar = changeable.find(([, [value]]) => typeof value !== "object");
  const [field, [value] = []] = scalar ?? changeable[0] ?? [];
  return { type, inputs: field === undefined ? least : { ...least, [field]: value } };
});

/** True for a field that replaces the object, or that is not a property of it. */
export function isFixed(type: Declared["type"], field: string): boolean {
  const own = Object.entries(definitions[type].fields).find(([name]) => name === field);
  return own === undefined || own[1].modifiers.replaces === true || own[1].modifiers.local === true;
}

/** The first operations that write while the resource is created and while it is deleted. */
export async function writesOf(declared: Declared): Promise<{ creation: Operation; deletion: Operation }> {
  const { emulator, stack } = await begin();
  await stack.up({ it: declared });
  const creation = firstWrite(emulator.requests());
  emulator.clearRequests();
  await stack.destroy();
  return { creation, deletion: firstWrite(emulator.requests()) };
}

function firstWrite(requests: readonly LoggedRequest[]): Operation {
  const operations = requests.map(({ operation }) => operation);
  return operations.find((operation) => !/^(?:get|find)/.test(`${operation}`)) ?? assert.fail("no request writes");
}

function programOf(declare: (sample: TypedSample) => Declared): Program {
  return Object.fromEntries(Object.values(samplePerType).map((sample) => [sample.type, declare(sample)]));
}
