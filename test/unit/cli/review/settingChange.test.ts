import assert from "node:assert/strict";
import { type Field, type Fields, fieldsOf } from "../../../../provider/core/schema/field";
import { definitions } from "../../../../provider/resources/registry";
import { type PlannedStep, planOf, reviewed } from "./plans";

/** A property of a resource, at any depth. */
interface Property {
  readonly path: string;
  readonly name: string;
  /** Its field; `undefined` for a property that this version does not know. */
  readonly field: Field | undefined;
  /** A step in which only the property changes. */
  change(before: unknown, after: unknown): PlannedStep;
}

type Wrap = (inputs: object) => object;

function propertiesOf(type: string, fields: Fields, path: string, wrap: Wrap): Property[] {
  const own = fieldsOf(fields).filter(([, { modifiers }]) => !modifiers.secret);
  const leaves = own.filter(
    ([, { each, properties }]) => properties === undefined && each?.modifiers.entry === undefined,
  );
  const property = (name: string, field: Field | undefined): Property => {
    const inputs = (value: unknown) => wrap(value === undefined ? {} : { [name]: value }) as Record<string, unknown>;
    const [, input = name] = `${path}.${name}`.split(".");
    const further = { diffReasons: [input] };
    const change = (before: unknown, after: unknown) => ({
      type,
      before: inputs(before),
      after: inputs(after),
      further,
    });
    return { path: `${path}.${name}`, name, field, change };
  };
  const inner = own.flatMap(([name, { each, properties }]) => {
    const at = `${path}.${name}`;
    if (properties !== undefined) return propertiesOf(type, properties, at, (value) => wrap({ [name]: value }));
    if (each?.properties === undefined) return [];
    return propertiesOf(type, each.properties, at, (value) => wrap({ [name]: { "7": value } }));
  });
  const scalars = leaves.filter(([, { each }]) => each?.properties === undefined);
  return [...scalars.map(([name, field]) => property(name, field)), property("addedLater", undefined), ...inner];
}

const all = Object.entries(definitions).flatMap(([type, { fields, display }]) => {
  const named = "name" in display ? { [String(display.name)]: "Name" } : {};
  return propertiesOf(type, fields, type, (inputs) => ({ ...named, ...inputs }));
});

/** The defaults that the documentation states. */
const documented: Readonly<Record<string, unknown>> = { enabled: true, badgeFaceVerificationMode: "OFF" };

const kindsOf = (step: PlannedStep) => {
  const { sections } = reviewed(planOf([step]));
  const lines = sections.flatMap(({ lines, isFinding }) => (isFinding ? lines : []));
  return lines.map((line) => line.replace(/^- \*\*(.*?)\*\*.*$/, "$1"));
};

describe("review, about settings", () => {
  const monitored = all.filter(({ field }) => field?.modifiers.protection !== undefined);

  it("knows settings that monitor at every depth", () => {
    const paths = monitored.map(({ path }) => path);
    for (const path of ["GeneaIntegration.enabled", "KisiIntegration.defaultOptions.saveClips"])
      assert.ok(paths.includes(path));
    assert.ok(paths.includes("KisiIntegration.placeToSettingsMap.badgeAuthDisablesAlarmMonitoring"));
  });

  for (const { path, name, field, change } of monitored) {
    const levels: readonly unknown[] = field?.modifiers.protection ?? [];
    const levelOf = (value: unknown) => levels.indexOf(value ?? documented[name] ?? false);
    it(`lists ${path} as switched off for each pair of values that reduces monitoring, and for no other`, () => {
      const values = [undefined, ...levels];
      for (const [before, after] of values.flatMap((one) => values.map((other) => [one, other]))) {
        const expected = levelOf(after) < levelOf(before) ? ["Switched off"] : [];
        assert.deepEqual(kindsOf(change(before, after)), expected, `${before} → ${after}`);
      }
    });
  }

  it("lists each change of any other property, also of one that a later version adds, except of those that are details", () => {
    const silent = all.filter(({ field, name, change }) => {
      if (field?.modifiers.protection !== undefined) return false;
      const [one, other] = differentValues(name, field);
      const pairs = [
        [one, other],
        [other, one],
        [one, undefined],
        [undefined, one],
      ];
      const isListed = ([before, after]: readonly unknown[]) => kindsOf(change(before, after)).length > 0;
      // Rhombus has the value of a property that replaces already, if it is declared without a replacement.
      return !pairs
        .filter(([before]) => name !== "locationUuid" || before !== undefined || !field?.modifiers.replaces)
        .every(isListed);
    });
    assert.deepEqual(
      silent.map(({ path }) => path),
      ["AccessControlGroup.description"],
    );
  });
});

/** Two values of a property, neither of which is its default. For a flag and a choice, the second one is. */
function differentValues(name: string, field: Field | undefined): readonly [unknown, unknown] {
  if (field === undefined) return [1, 2];
  if (field.doc === "boolean") return [true, false];
  if (field.doc.startsWith("whole number")) return [8, 9];
  const choices = [...field.doc.matchAll(/"(\w+)"/g)].map(([, choice]) => choice);
  if (choices.length > 0) return [choices[1], choices[0]];
  if (field.each !== undefined) return field.doc.startsWith("map") ? [{ "1": ["a"] }, { "1": ["b"] }] : [["a"], ["b"]];
  assert.match(field.doc, /^(?:text|RUUID)$/, name);
  return ["a", "b"];
}
