import { distance } from "fastest-levenshtein";
import { folded, type Text, type Value, type YamlFile } from "./yamlFile";

/** The properties of a mapping, by name; `undefined` if the value is none. */
export function propertiesOf(
  file: YamlFile,
  value: Value,
  required: readonly string[],
  optional: readonly string[] = [],
): Map<string, Value> | undefined {
  const names = [...required, ...optional];
  const entries = file.entries(value, `Write the properties ${names.join(", ")}.`);
  if (entries === undefined) return undefined;
  reportUnknown(
    file,
    "property",
    entries.map(({ key }) => key),
    names,
  );
  const properties = new Map(entries.map((entry) => [folded(entry.key.text), entry.value]));
  for (const name of required) {
    if (!properties.has(name)) file.report(value.offset, `${JSON.stringify(name)} is missing.`);
  }
  return properties;
}

/** Reports names that are not among those that exist, with the nearest of these. */
export function reportUnknown(file: YamlFile, noun: string, written: readonly Text[], names: readonly string[]): void {
  for (const { text, offset } of written) {
    if (names.some((name) => folded(name) === folded(text))) continue;
    file.report(offset, `There is no ${noun} ${JSON.stringify(text)}. ${remedyFor(folded(text), names)}`);
  }
}

function remedyFor(written: string, names: readonly string[]): string {
  const steps = (name: string) => distance(folded(name), written);
  const [nearest] = [...names].sort((one, other) => steps(one) - steps(other));
  if (nearest === undefined) return "The file has none.";
  const near = steps(nearest) <= Math.max(2, written.length / 3);
  return near ? `Did you mean ${JSON.stringify(nearest)}?` : `There are ${names.join(", ")}.`;
}
