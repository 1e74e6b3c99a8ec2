import type { Behaviours } from "../../../provider/emulator";
import { campusSeed } from "../../../provider/emulator";
import type { Program } from "../../drivers/stack";
import { dock, genea, group, kisi, lobby, onGuard } from "../../resources/declared";

/** Two programs that are deployed at once to one organization: mine and theirs. */
export interface Pair {
  readonly name: string;
  /** Both declare the same objects. */
  readonly shares?: true;
  /** The programs that were deployed before. Default: none. */
  readonly mineBefore?: Program;
  readonly theirsBefore?: Program;
  readonly mine: Program;
  readonly theirs: Program;
}

const { users, genea: atGenea } = campusSeed.acme;
const door = atGenea.doors.lobby.id;

const [mine, mineChanged]: readonly [Program, Program] = [
  {
    badges: onGuard({ displayName: "Mine", doorInfoMap: { "1:1": lobby, "1:2": dock }, saveClips: true }),
    staff: group({ name: "Mine", userUuids: [users.ada.uuid, users.ben.uuid] }),
    turnstiles: genea({ doorInfoMap: { [door]: lobby }, saveClips: true }),
  },
  {
    badges: onGuard({ displayName: "Mine", doorInfoMap: { "1:1": dock }, saveClips: false, createSeekPoints: true }),
    staff: group({ name: "Mine", description: "changed", userUuids: [users.ben.uuid, users.chloe.uuid] }),
    turnstiles: genea({ doorInfoMap: { [door]: dock }, enabled: false }),
  },
];
const [theirs, theirsChanged]: readonly [Program, Program] = [
  {
    badges: onGuard({ displayName: "Theirs", doorInfoMap: { "2:1": lobby }, identifyFacesFromBadge: true }),
    staff: group({ name: "Theirs", userUuids: [users.ada.uuid] }),
    places: kisi({ placeToSettingsMap: { "41001": { doorInfoMap: { "51001": lobby }, saveClips: true } } }),
  },
  {
    badges: onGuard({ displayName: "Theirs", doorInfoMap: { "2:1": dock }, alertUnauthorizedFaces: true }),
    staff: group({ name: "Theirs", description: "changed", userUuids: [users.chloe.uuid] }),
    places: kisi({ placeToSettingsMap: { "41001": { doorInfoMap: { "51001": dock, "51002": lobby } } } }),
  },
];

/** One object each that both programs declare, with a door, members or a description of their own. */
function shared(doorName: string, inputs: { readonly adopt?: true } = {}): Program {
  const user = doorName === "Mine" ? users.ada.uuid : users.ben.uuid;
  return {
    badges: onGuard({ displayName: "Shared", doorInfoMap: { "1:1": { doorName } }, saveClips: true, ...inputs }),
    staff: group({ name: "Shared", description: doorName, userUuids: [user], ...inputs }),
    turnstiles: genea({ doorInfoMap: { [door]: { doorName } }, ...inputs }),
  };
}

export const pairs: readonly Pair[] = [
  { name: "both create", mine, theirs },
  { name: "both change", mineBefore: mine, theirsBefore: theirs, mine: mineChanged, theirs: theirsChanged },
  { name: "one changes, one destroys", mineBefore: mine, theirsBefore: theirs, mine: mineChanged, theirs: {} },
  { name: "one creates, one changes", theirsBefore: theirs, mine, theirs: theirsChanged },
  { name: "one destroys, one creates", mineBefore: mine, mine: {}, theirs },
  { name: "both create the same", shares: true, mine: shared("Mine"), theirs: shared("Theirs") },
  {
    name: "both change the same",
    shares: true,
    mineBefore: shared("Before"),
    theirsBefore: shared("Before", { adopt: true }),
    mine: shared("Mine"),
    theirs: shared("Theirs"),
  },
];

/** The behaviours of Rhombus under which programs affect each other most, and least. */
export const pairBehaviours = {
  "writes that replace": { settingsWrites: "replace", mapWrites: "replace", deploymentsOmitted: "removed" },
  "writes that keep": { settingsWrites: "merge", mapWrites: "merge", deploymentsOmitted: "kept" },
} as const satisfies Readonly<Record<string, Partial<Behaviours>>>;
