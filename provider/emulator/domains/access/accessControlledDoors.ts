import { storedText } from "../../behaviours/applyWrite";
import { isBlank } from "../../behaviours/readAnswers";
import { newRuuid } from "../../data/ruuid";
import { type Organization, perOrganization } from "../../data/store";
import { Timeline } from "../../data/timeline";
import type { Table } from "../../page/table";
import { type Call, operationsIn, Refusal } from "../../server/operation";
import { type Body, int32, ruuid, text } from "../../server/shapes";
import { type ConsoleContext, type Domain, required } from "../domain";
import { doorTables } from "./doorTables";

/** The access control licence of a door. A door whose licence is expired or unassigned lets nobody in. */
export type DoorLicence = "valid" | "expired" | "unassigned";

/** A door of Rhombus Access Control, as it is stored and as the console shows it. */
export interface ConsoleAccessControlledDoor {
  /** Its id. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** Its location. */
  readonly locationUuid: string;
  /** The maker of its lock. */
  readonly subType: "RHOMBUS" | "APERIO";
  /** The floor it is on. */
  readonly floorNumber: number;
  /** The cameras that see it. */
  readonly cameraUuids: readonly string[];
  /** Its labels, which grants and revocations name. */
  readonly labels: readonly string[];
  /** Its licence. */
  readonly licence: DoorLicence;
}

/** A door of Rhombus Access Control that already exists. */
export interface SeedAccessControlledDoor extends Partial<ConsoleAccessControlledDoor> {
  /** Its id. */
  readonly uuid: string;
  /** Its name. */
  readonly name: string;
  /** Its location. */
  readonly locationUuid: string;
  /** The maker of its lock. Default `RHOMBUS`. */
  readonly subType?: ConsoleAccessControlledDoor["subType"];
  /** The floor it is on. Default 1. */
  readonly floorNumber?: number;
  /** The cameras that see it; none when absent. */
  readonly cameraUuids?: readonly string[];
  /** Its labels; none when absent. */
  readonly labels?: readonly string[];
  /** Its licence. Default `valid`. */
  readonly licence?: DoorLicence;
}

/** The doors of an organization in its seed. */
export interface AccessControlledDoorSeed {
  /** Its doors of Rhombus Access Control; none when absent. */
  readonly accessControlledDoors?: readonly SeedAccessControlledDoor[];
  /** The ids of its elevator landings, which no operation here lists; none when absent. */
  readonly elevatorLandingUuids?: readonly string[];
}

const pageFields = { lastEvaluatedKey: text, maxPageSize: int32 };
const labelFields = { accessControlledDoorUuid: ruuid, label: text };

type LabelBody = Body<typeof labelFields>;

const doorOperation = operationsIn("/api/component", {});

const operations = [
  doorOperation({
    name: "findAccessControlledDoors",
    fields: pageFields,
    handle: (call, body) => pageOf(call, doorsOf(call.organization).values(call.asOfMillis), body),
  }),
  doorOperation({
    name: "findAccessControlledDoorsByLocation",
    fields: { ...pageFields, locationUuid: ruuid },
    handle: (call, body) => {
      const doors = doorsOf(call.organization).values(call.asOfMillis);
      const there = doors.filter(({ locationUuid }) => locationUuid === body.locationUuid);
      return pageOf(call, there, body);
    },
  }),
  doorOperation({ name: "getAccessControlledDoorLabelsForOrg", handle: labelsOfAll }),
  doorOperation({
    name: "addAccessControlledDoorLabel",
    kind: "write",
    fields: labelFields,
    handle: (call, body) => setLabels(call, body, (labels, label) => [...new Set([...labels, label])]),
  }),
  doorOperation({
    name: "removeAccessControlledDoorLabel",
    kind: "write",
    fields: labelFields,
    handle: (call, body) => setLabels(call, body, (labels, label) => labels.filter((each) => each !== label)),
  }),
];

/** The doors of Rhombus Access Control of an organization by uuid. */
export const doorsOf = perOrganization(() => new Timeline<ConsoleAccessControlledDoor>());

/** The uuids of the elevator landings of an organization. */
export const elevatorLandingsOf = perOrganization(() => new Set<string>());

/** The doors of Rhombus Access Control, and their labels. */
export const accessControlledDoors = {
  operations,
  load(
    organization: Organization,
    { accessControlledDoors: doors = [], elevatorLandingUuids = [] }: AccessControlledDoorSeed,
  ) {
    for (const each of doors) doorsOf(organization).set(each.uuid, doorFrom(each), Number.NEGATIVE_INFINITY);
    for (const uuid of elevatorLandingUuids) elevatorLandingsOf(organization).add(uuid);
  },
  save: (organization: Organization): AccessControlledDoorSeed => ({
    accessControlledDoors: doorsOf(organization).values(),
    elevatorLandingUuids: [...elevatorLandingsOf(organization)],
  }),
  console({ organization }: ConsoleContext) {
    const stored = doorsOf(organization);
    return {
      /** The doors of Rhombus Access Control, oldest first. */
      accessControlledDoors: (): ConsoleAccessControlledDoor[] => stored.values(),
      /** Adds a door. Returns its uuid. */
      addAccessControlledDoor(
        given: Omit<SeedAccessControlledDoor, "uuid"> & Partial<SeedAccessControlledDoor>,
      ): string {
        const door = doorFrom(given);
        stored.set(door.uuid, door);
        return door.uuid;
      },
      /** Changes a door. Throws if there is no such door. */
      setAccessControlledDoor(uuid: string, changes: Partial<Omit<ConsoleAccessControlledDoor, "uuid">>): void {
        stored.set(uuid, { ...required(stored.get(uuid)), ...changes });
      },
      /** Removes a door. Grants that name it keep its id. */
      removeAccessControlledDoor: (uuid: string): void => stored.delete(uuid),
    };
  },
  tables: (context: ConsoleContext): Table[] =>
    doorTables(context.organization, accessControlledDoors.console(context)),
} satisfies Domain;

/** A door with the given values. */
function doorFrom(
  given: Omit<SeedAccessControlledDoor, "uuid"> & Partial<SeedAccessControlledDoor>,
): ConsoleAccessControlledDoor {
  return {
    uuid: given.uuid ?? newRuuid(),
    name: given.name,
    locationUuid: given.locationUuid,
    subType: given.subType ?? "RHOMBUS",
    floorNumber: given.floorNumber ?? 1,
    cameraUuids: given.cameraUuids ?? [],
    labels: given.labels ?? [],
    licence: given.licence ?? "valid",
  };
}

/** The number of doors on a page of which the call does not give the size. */
const defaultPageSize = 100;

/** A page of doors, in the order of their ids. A full page may be the last one: then the next page is empty. */
function pageOf(
  call: Call,
  doors: readonly ConsoleAccessControlledDoor[],
  { lastEvaluatedKey, maxPageSize }: Body<typeof pageFields>,
): object {
  const size = maxPageSize ?? defaultPageSize;
  if (size < 1) throw new Refusal(400, "Bad Request", "A page has to have at least one door.");
  const sorted = [...doors].sort((one, other) => (one.uuid < other.uuid ? -1 : 1));
  const page = sorted.filter(({ uuid }) => isBlank(lastEvaluatedKey) || uuid > lastEvaluatedKey).slice(0, size);
  return {
    accessControlledDoors: page.map((door) => shownDoor(call.organization, door)),
    lastEvaluatedKey: page.length === size ? page.at(-1)?.uuid : null,
  };
}

function shownDoor({ seed }: Organization, door: ConsoleAccessControlledDoor): object {
  const { labels: _listedApart, licence: _inAnswersToWrites, cameraUuids, subType, ...shown } = door;
  return {
    ...shown,
    type: "AccessControlledDoor",
    subType,
    orgUuid: seed.uuid,
    associatedCameras: cameraUuids.map((uuid) => `${uuid}.v0`),
    ownerDeviceUuid: null,
    remoteUnlockEnabled: false,
    createdAtMillis: seed.createdAtMillis,
    updatedAtMillis: seed.createdAtMillis,
  };
}

function labelsOfAll({ organization, asOfMillis, behaviours }: Call): object {
  const labels = new Map<string, string[]>();
  const add = (key: string, value: string) => labels.set(key, [...(labels.get(key) ?? []), value]);
  for (const door of doorsOf(organization).values(asOfMillis)) {
    for (const label of door.labels) {
      if (behaviours.doorLabelKeys === "doors") add(door.uuid, label);
      else add(label, door.uuid);
    }
  }
  return { accessControlledDoorLabels: labels };
}

function setLabels(
  { organization, behaviours }: Call,
  { accessControlledDoorUuid, label }: LabelBody,
  change: (labels: readonly string[], label: string) => readonly string[],
): void {
  if (isBlank(label)) throw new Refusal(400, "Bad Request", "A label needs a text.");
  const door = doorsOf(organization).get(accessControlledDoorUuid ?? "");
  if (door)
    doorsOf(organization).set(door.uuid, { ...door, labels: change(door.labels, storedText(label, behaviours)) });
  else if (behaviours.missingWrites === "error") throw new Refusal(404, "Not Found", "The door does not exist.");
}
