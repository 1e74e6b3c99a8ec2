import { definitionOf } from "../../resources/registry";
import { code, enumerated } from "../output/markdown";
import { counted } from "../output/plainText";
import { memberOf } from "../pulumi/state";
import { type Account, type Danger, nothing, together } from "./danger";
import { cameraMapAccount, doorAccount } from "./doors";
import type { PlanStep, Values } from "./plan";
import { switchedOff } from "./switches";
import { isHidden, isUnknown, membersOf, textFrom, type Wording } from "./wording";

/** What becomes of a resource. */
export interface ResourceReview {
  /** The resource, as Markdown. */
  readonly said: string;
  /** What happens to it, in a few words. */
  readonly verb: string;
  /** What changes, and what of it to look at first. */
  readonly account: Account;
}

/**
 * Reviews one step of a plan.
 * @param step The step.
 * @param wording Puts values into words.
 */
export function reviewOf(step: PlanStep, wording: Wording): ResourceReview {
  return { said: saidOf(step), verb: verbOf(step), account: accountOf(step, wording) };
}

function saidOf({ type, name, before, after }: PlanStep): string {
  const { display } = definitionOf(type);
  const values = after ?? before ?? {};
  const called = display.name === undefined ? undefined : values[display.name];
  const title = typeof called === "string" && !isUnknown(called) ? ` ${code(called)}` : "";
  return `${capitalized(display.noun)}${title} (${code(name)} in the program)`;
}

function capitalized(noun: string): string {
  return noun.charAt(0).toUpperCase() + noun.slice(1);
}

function verbOf({ op, after, isRetained }: PlanStep): string {
  if (op === "delete") return isRetained ? "given up; it stays at Rhombus" : "deleted";
  if (op === "create") return isAdopting(after) ? "taken over, or made where it does not exist" : "new";
  if (op === "update") return "changed";
  if (op === "replace") return "replaced";
  return op === "import" ? "taken over as it is" : code(op);
}

function isAdopting(after: Values | undefined): boolean {
  return after?.adopt !== undefined && after.adopt !== false;
}

function accountOf(step: PlanStep, wording: Wording): Account {
  const { op, before = {}, after, isRetained, replacing } = step;
  if (after === undefined || op === "delete") {
    const said = sizeOf(before);
    const dangers: Danger[] = isRetained ? [] : [{ kind: "deleted", said }];
    return { lines: contentOf(before, wording), dangers };
  }
  const because = replacing.map((name) => code(name)).join(", ");
  const replaced: Danger[] = op === "replace" ? [{ kind: "replaced", said: because && `because of ${because}` }] : [];
  const changes = fieldAccounts(step, after, wording);
  const off = switchedOff(before, after);
  return together([{ lines: [], dangers: [...replaced, ...off] }, ...changes]);
}

/** What goes with a resource, by name. */
function contentOf(values: Values, wording: Wording): string[] {
  const doors = doorsOf(values).flatMap((map) => Object.entries(membersOf(map)));
  const told = doors.map(([key, door]) => {
    const name = memberOf(door, "doorName");
    return typeof name === "string" ? `${code(name)} (${code(key)})` : code(key);
  });
  return [
    ...(told.length === 0 ? [] : [`doors: ${enumerated(told.sort())}`]),
    ...(textsIn(values.userUuids).length === 0 ? [] : [`members: ${wording.value("userUuids", values.userUuids)}`]),
  ];
}

function doorsOf(values: Values): unknown[] {
  const places = Object.values(membersOf(values.placeToSettingsMap));
  return [values.doorInfoMap, values.doorToCameraMap, ...places.map((place) => memberOf(place, "doorInfoMap"))];
}

/** How much goes with a resource, as far as the program manages it. */
function sizeOf(values: Values): string {
  const places = Object.values(membersOf(values.placeToSettingsMap));
  const doors = doorsOf(values).reduce<number>((sum, map) => sum + Object.keys(membersOf(map)).length, 0);
  const members = Array.isArray(values.userUuids) ? values.userUuids.length : 0;
  const counts: readonly (readonly [number, string])[] = [
    [places.length, "place"],
    [doors, "door"],
    [members, "member"],
  ];
  const parts = counts.flatMap(([count, noun]) => (count === 0 ? [] : [counted(count, noun)]));
  return parts.join(", ");
}

function fieldAccounts(step: PlanStep, after: Values, wording: Wording): Account[] {
  return Object.entries(definitionOf(step.type).fields).flatMap(([name, field]): Account[] => {
    if (field.instruction) return [];
    const sides = { before: step.before?.[name], after: after[name] };
    if (field.modifiers.secret === true) return [secretAccount(name, step, sides)];
    if (name === "doorInfoMap") return [doorAccount(sides, wording)];
    if (name === "doorToCameraMap") return [cameraMapAccount(sides, wording)];
    if (name === "placeToSettingsMap") return [placesAccount(sides, wording)];
    if (name === "userUuids") return [membersAccount(sides, wording)];
    if (name === "defaultOptions") return [optionsAccount(sides, wording)];
    return [field.reset === "live" && isGivenUp(sides) ? unmanagedAccount(name) : scalarAccount(name, sides, wording)];
  });
}

interface Sides {
  readonly before: unknown;
  readonly after: unknown;
}

function secretAccount(name: string, { changed, op }: PlanStep, { before, after }: Sides): Account {
  const isChanged = changed.includes(name) || (before === undefined) !== (after === undefined);
  if (!isChanged) return nothing;
  const said = after === undefined ? "is no longer declared" : op === "create" ? "is set" : "is changed";
  return { lines: [`${code(name)} ${said} (secret)`], dangers: [] };
}

function isGivenUp({ before, after }: Sides): boolean {
  return before !== undefined && after === undefined;
}

function unmanagedAccount(name: string): Account {
  return { lines: [`${code(name)} is no longer managed; it stays`], dangers: [] };
}

function scalarAccount(name: string, { before, after }: Sides, wording: Wording): Account {
  if (JSON.stringify(before) === JSON.stringify(after) && !isUnknown(after) && !isHidden(after)) return nothing;
  if (isHidden(before) && isHidden(after)) return nothing;
  const next = wording.value(name, after);
  const line =
    before === undefined ? `${code(name)}: ${next}` : `${code(name)}: ${wording.value(name, before)} → ${next}`;
  return { lines: [line], dangers: isHidden(after) ? [{ kind: "hidden", said: code(name) }] : [] };
}

function membersAccount({ before, after }: Sides, wording: Wording): Account {
  if (isHidden(before) || isHidden(after)) {
    return { lines: ["members: hidden"], dangers: [{ kind: "hidden", said: "the members" }] };
  }
  if (after === undefined) {
    return before === undefined ? nothing : { lines: ["members are no longer managed; they stay"], dangers: [] };
  }
  const [old, next] = [textsIn(before), textsIn(after)];
  const [come, go] = [next.filter((each) => !old.includes(each)), old.filter((each) => !next.includes(each))];
  const lines = [
    ...(typeof after === "string" ? [`members: ${wording.value("userUuids", after)}`] : []),
    ...(come.length > 0 ? [`members who come: ${wording.list("userUuids", come)}`] : []),
    ...(go.length > 0 && typeof after !== "string" ? [`members who go: ${wording.list("userUuids", go)}`] : []),
  ];
  return { lines, dangers: [] };
}

function placesAccount({ before, after }: Sides, wording: Wording): Account {
  if (isHidden(before) || isHidden(after)) {
    return { lines: ["places: hidden"], dangers: [{ kind: "hidden", said: "the places" }] };
  }
  if (isUnknown(after)) return { lines: ["places: known after the deployment"], dangers: [] };
  if (after === undefined) {
    return before === undefined ? nothing : { lines: ["places are no longer managed; they stay"], dangers: [] };
  }
  const [old, next] = [membersOf(before), membersOf(after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(next)])].sort((one, other) =>
    one.localeCompare(other, "en", { numeric: true }),
  );
  return together(
    keys.map((key) => placeAccount(key, { before: memberOf(old, key), after: memberOf(next, key) }, wording)),
  );
}

function placeAccount(key: string, { before, after }: Sides, wording: Wording): Account {
  const name = memberOf(after ?? before, "placeName");
  const said = typeof name === "string" ? `place ${code(name)} (${code(key)})` : `place ${code(key)}`;
  const within = ` at ${said}`;
  const maps = { before: memberOf(before, "doorInfoMap"), after: memberOf(after, "doorInfoMap") };
  if (after === undefined) {
    const doors = doorAccount({ ...maps, after: {} }, wording, within);
    return together([{ lines: [`removed ${said}`], dangers: [{ kind: "doorRemoved", said }] }, doors]);
  }
  if (isHidden(after)) return { lines: [`${said}: hidden`], dangers: [{ kind: "hidden", said }] };
  if (isUnknown(after)) return { lines: [`${said}: known after the deployment`], dangers: [] };
  const [old, next] = [membersOf(before), membersOf(after)];
  const fields = Object.keys({ ...old, ...next }).filter((field) => field !== "doorInfoMap");
  const settings = fields
    .sort()
    .map((field) => scalarAccount(field, { before: memberOf(old, field), after: memberOf(next, field) }, wording));
  const lines = settings.flatMap((account) => account.lines.map((line) => `${said}: ${line}`));
  const own = { lines, dangers: [...switchedOff(old, next, within), ...settings.flatMap(({ dangers }) => dangers)] };
  const made = { lines: before === undefined && lines.length === 0 ? [`new ${said}`] : [], dangers: [] };
  return together([made, own, doorAccount(maps, wording, within)]);
}

function optionsAccount({ before, after }: Sides, wording: Wording): Account {
  const [old, next] = [membersOf(before), membersOf(after)];
  const fields = Object.keys({ ...old, ...next }).sort();
  const accounts = fields.map((field) => {
    const { lines, dangers } = scalarAccount(
      field,
      { before: memberOf(old, field), after: memberOf(next, field) },
      wording,
    );
    return { lines: lines.map((line) => `by default, ${line}`), dangers };
  });
  return together([{ lines: [], dangers: switchedOff(old, next, " by default") }, ...accounts]);
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textFrom) : [];
}
