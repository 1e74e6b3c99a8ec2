import { type Field, type Fields, type InputsOf, type Modifiers, mistypedAs } from "./field";
import { mergeWhole, sidesAt, wholeDifferences } from "./merge";
import { reportUnknownProperty } from "./suggestions";
import { containsUnknown, definedEntries, entryOf, isValueMap, pathText, UNKNOWN, type Value } from "./values";

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
  const named: readonly (readonly [string, Field])[] = Object.entries(fields);
  const forEach = (toValue: (name: string, field: Field) => Value | undefined) =>
    definedEntries(named.map(([name, field]) => [name, toValue(name, field)]));
  return {
    doc: "object",
    modifiers,
    nested: true,
    reset: "keep",
    properties: fields,
    check(value, path, report) {
      if (!isValueMap(value)) {
        if (!containsUnknown(value)) report.fail(path, `${pathText(path)} must be an object.`);
        return value;
      }
      const names = Object.keys(fields);
      for (const name of Object.keys(value)) {
        if (!names.includes(name)) reportUnknownProperty(name, names, path, report);
      }
      return forEach((name, field) => {
        const given = entryOf(value, name);
        return given === undefined || given === null ? undefined : field.check(given, [...path, name], report);
      });
    },
    mistyped(value, path) {
      if (!isValueMap(value)) return mistypedAs(value, path, "an object");
      return named.flatMap(([name, field]) => {
        const given = entryOf(value, name);
        return given === undefined ? [] : field.mistyped(given, [...path, name]);
      });
    },
    canonical(value) {
      if (!isValueMap(value)) return undefined;
      return { ...othersIn(value, fields), ...forEach((name, field) => field.canonical(entryOf(value, name))) };
    },
    equal(one, other) {
      if (one === UNKNOWN || other === UNKNOWN) return false;
      return named.every(([name, field]) => field.equal(entryOf(one, name), entryOf(other, name)));
    },
    project(observed, declared, inputs) {
      if (declared === undefined) return undefined;
      return forEach((name, field) => field.project(entryOf(observed, name), entryOf(declared, name), inputs));
    },
    merge(three, path, notes, inputs) {
      if (three.declared === undefined) return three.observed;
      const merged = forEach((name, field) => {
        const [sides, at] = [sidesAt(three, name), [...path, name]];
        return field.nested ? field.merge(sides, at, notes, inputs) : mergeWhole(field, sides, at, notes);
      });
      return { ...othersIn(three.observed, fields), ...merged };
    },
    differences(desired, observed, three, path, inputs) {
      if (three.declared === undefined) return [];
      return named.flatMap(([name, field]) => {
        const [desiredPart, observedPart] = [entryOf(desired, name), entryOf(observed, name)];
        const [sides, at] = [sidesAt(three, name), [...path, name]];
        return field.nested
          ? field.differences(desiredPart, observedPart, sides, at, inputs)
          : wholeDifferences(field, desiredPart, observedPart, sides, at);
      });
    },
  };
}

/** The properties that the API added. */
function othersIn(value: Value | undefined, fields: Fields) {
  if (!isValueMap(value)) return {};
  return definedEntries(Object.entries(value).filter(([name]) => !Object.hasOwn(fields, name)));
}
