import type { CheckReport, Field, Fields, InputsOf, Mistyped, Modifiers } from "./field";
import { mergeWhole, sidesAt, wholeDifferences } from "./merge";
import { mistypedAs } from "./mistyped";
import { reportUnknownProperty } from "./unknownProperty";
import {
  containsUnknown,
  definedEntries,
  entryOf,
  isValueMap,
  type Path,
  pathText,
  UNKNOWN,
  type Value,
  type ValueMap,
} from "./values";

/**
 * An object with named fields, all optional. Properties that the API adds stay and are sent back.
 *
 * `Written` names the interface in which a program writes the object.
 * @param fields The fields by name.
 * @param modifiers The options.
 */
export function object<F extends Fields, Written = InputsOf<F>>(
  fields: F,
  modifiers: Modifiers = {},
): Field<InputsOf<F>, Written> {
  const named: NamedFields = Object.entries(fields);
  return {
    doc: "object",
    modifiers,
    nested: true,
    reset: "live",
    properties: fields,
    check: (value, path, report) => checkObject(named, value, path, report),
    mistyped: (value, path) => mistypedObject(named, value, path),
    canonical(value) {
      if (!isValueMap(value)) return undefined;
      const own = forEach(named, (name, field) => field.canonical(entryOf(value, name)));
      return { ...othersIn(value, fields), ...own };
    },
    equal(one, other) {
      if (one === UNKNOWN || other === UNKNOWN) return false;
      return named.every(([name, field]) => field.equal(entryOf(one, name), entryOf(other, name)));
    },
    project(observed, declared, inputs) {
      if (declared === undefined) return undefined;
      return forEach(named, (name, field) => field.project(entryOf(observed, name), entryOf(declared, name), inputs));
    },
    merge(three, path, notes, inputs) {
      if (three.declared === undefined) return three.live;
      const merged = forEach(named, (name, field) => {
        const [sides, at] = [sidesAt(three, name), [...path, name]];
        return field.nested ? field.merge(sides, at, notes, inputs) : mergeWhole(field, sides, at, notes);
      });
      return { ...othersIn(three.live, fields), ...merged };
    },
    differences(desired, observed, three, path, inputs) {
      if (three.declared === undefined) return [];
      return named.flatMap(([name, field]) => {
        const [desiredValue, observedValue, sides] = [
          entryOf(desired, name),
          entryOf(observed, name),
          sidesAt(three, name),
        ];
        const at = [...path, name];
        if (field.nested) return field.differences(desiredValue, observedValue, sides, at, inputs);
        return wholeDifferences(field, desiredValue, observedValue, sides, at);
      });
    },
  };
}

type NamedFields = readonly (readonly [string, Field])[];

function forEach(named: NamedFields, toValue: (name: string, field: Field) => Value | undefined): ValueMap {
  return definedEntries(named.map(([name, field]) => [name, toValue(name, field)]));
}

/** The properties that the API added. */
function othersIn(value: Value | undefined, fields: Fields): ValueMap {
  if (!isValueMap(value)) return {};
  return definedEntries(Object.entries(value).filter(([name]) => !Object.hasOwn(fields, name)));
}

function checkObject(named: NamedFields, value: Value, path: Path, report: CheckReport): Value {
  if (!isValueMap(value)) {
    if (!containsUnknown(value)) report.fail(path, `${pathText(path)} must be an object.`);
    return value;
  }
  const names = named.map(([name]) => name);
  for (const name of Object.keys(value)) {
    if (!names.includes(name)) reportUnknownProperty(name, names, path, report);
  }
  return forEach(named, (name, field) => {
    const given = entryOf(value, name);
    return given === undefined || given === null ? undefined : field.check(given, [...path, name], report);
  });
}

function mistypedObject(named: NamedFields, value: Value, path: Path): Mistyped[] {
  if (!isValueMap(value)) return mistypedAs(value, path, "an object");
  return named.flatMap(([name, field]) => {
    const given = entryOf(value, name);
    return given === undefined ? [] : field.mistyped(given, [...path, name]);
  });
}
