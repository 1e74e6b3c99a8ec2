import { definitionOf } from "../../resources/registry";
import { code, counted } from "../output/plainText";
import { type Changes, joined } from "./changes";
import type { PlanStep, StayingChange } from "./plan";
import { describeField } from "./properties";
import type { ValueFormatter } from "./valueFormatter";

/** More or longer lines about one input than this are listed with the details only. */
const LISTED = 5;
const LONGEST = 1_000;

/**
 * Describes what was changed outside Pulumi and stays after the deployment.
 * @param step The step.
 * @param formatter Formats values.
 */
export function describeStaying(step: PlanStep, formatter: ValueFormatter): Changes {
  return joined(step.staying.map((change) => describe(step, change, formatter)));
}

function describe(step: PlanStep, change: StayingChange, formatter: ValueFormatter): Changes {
  const { name } = change;
  const own = linesOf(step, change, formatter);
  const isShort = own.length <= LISTED && own.every(({ length }) => length <= LONGEST);
  const texts = isShort ? own : [`${code(name)}: ${counted(own.length, "change")}, listed below`];
  return {
    lines: own.map((line) => `outside Pulumi, and stays: ${line}`),
    findings: texts.map((text) => ({ kind: "staying", text })),
  };
}

/** The values are compared as if the deployment changed them. */
function linesOf(step: PlanStep, { name, before, after }: StayingChange, formatter: ValueFormatter): readonly string[] {
  const { fields, display } = definitionOf(step.type);
  const field = fields[name];
  if (field === undefined)
    return [`${code(name)}: ${formatter.value(field, before)} → ${formatter.value(field, after)}`];
  if ((after ?? undefined) === undefined) return [`${code(name)}: ${formatter.value(field, before)} → (not set)`];
  const asUpdate = {
    ...step,
    op: "update",
    before: { [name]: before },
    after: { [name]: after },
    changedInputs: [name],
  };
  const resource = { start: "", end: "", label: "", nameField: display.name, isNew: false, isReplaced: false };
  const { lines } = describeField(name, field, asUpdate, resource, formatter);
  return lines.length > 0 ? lines : [code(name)];
}
