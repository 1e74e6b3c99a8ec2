import type { Organization } from "../../data/store";
import type { Table } from "../../page/table";
import { object, ruuid } from "../../server/shapes";
import { type ConsoleContext, type Domain, type PageContext, required } from "../domain";
import { groupOperation } from "../groups";
import {
  type AccessCondition,
  type ConsoleAccessRevocation,
  conditionFrom,
  type NewCondition,
  revocationsOf,
  type SeedAccessRevocation,
} from "./accessConditions";
import {
  type ConditionKind,
  checkNewName,
  createCondition,
  listConditions,
  readCondition,
  removeCondition,
  revocationFields,
  updateCondition,
} from "./conditionOperations";
import { conditionTables } from "./conditionTables";

/** The access revocations of an organization in its seed. */
export interface AccessRevocationSeed {
  /** Its access revocations; none when absent. */
  readonly accessRevocations?: readonly SeedAccessRevocation[];
}

const revocations: ConditionKind = { slot: "accessRevocation", of: revocationsOf };
const writeFields = { accessRevocation: object(revocationFields) };
const idFields = { accessRevocationUuid: ruuid };

const operations = [
  groupOperation({
    name: "createAccessRevocation",
    kind: "write",
    fields: writeFields,
    handle: (call, { accessRevocation }) => createCondition(call, revocations, accessRevocation),
  }),
  groupOperation({
    name: "updateAccessRevocation",
    kind: "write",
    fields: writeFields,
    handle: (call, { accessRevocation }) => updateCondition(call, revocations, accessRevocation),
  }),
  groupOperation({
    name: "deleteLocationAccessRevocation",
    kind: "delete",
    fields: idFields,
    handle: (call, { accessRevocationUuid }) => removeCondition(call, revocations, accessRevocationUuid),
  }),
  groupOperation({
    name: "getLocationAccessRevocation",
    fields: idFields,
    handle: (call, { accessRevocationUuid }) => readCondition(call, revocations, accessRevocationUuid),
  }),
  groupOperation({ name: "findLocationAccessRevocationsByOrg", handle: (call) => listConditions(call, revocations) }),
];

/** The access revocations of an organization: creating, finding, changing and deleting them. No resource makes them. */
export const accessRevocations = {
  operations,
  load(organization: Organization, { accessRevocations: seeded = [] }: AccessRevocationSeed) {
    const { createdAtMillis } = organization.seed;
    for (const each of seeded) {
      revocationsOf(organization).set(each.uuid, conditionFrom({ createdAtMillis, ...each }), Number.NEGATIVE_INFINITY);
    }
  },
  save: (organization: Organization): AccessRevocationSeed => ({
    accessRevocations: revocationsOf(organization).values().map(withoutGrantFields),
  }),
  console({ organization }: ConsoleContext) {
    const stored = revocationsOf(organization);
    return {
      /** The access revocations, oldest first. */
      accessRevocations: (): ConsoleAccessRevocation[] =>
        stored.values().map((each) => {
          const { createdAtMillis: _created, updatedAtMillis: _updated, ...revocation } = withoutGrantFields(each);
          return revocation;
        }),
      /** Adds an access revocation. Returns its uuid. */
      addAccessRevocation(given: NewCondition<SeedAccessRevocation>): string {
        const revocation = conditionFrom(given);
        stored.set(revocation.uuid, revocation);
        return revocation.uuid;
      },
      /** Changes an access revocation. Throws if there is no such revocation. */
      setAccessRevocation(uuid: string, changes: Partial<Omit<ConsoleAccessRevocation, "uuid">>): void {
        stored.set(uuid, { ...required(stored.get(uuid)), ...changes, updatedAtMillis: Date.now() });
      },
      /** Removes an access revocation. */
      removeAccessRevocation: (uuid: string): void => stored.delete(uuid),
    };
  },
  tables(context: PageContext): Table[] {
    const webConsole = accessRevocations.console(context);
    return conditionTables(context.organization, "access revocation", webConsole.accessRevocations(), {
      rename: (uuid, newName) =>
        webConsole.setAccessRevocation(uuid, { name: checkNewName(context, revocations, uuid, newName) }),
      set: webConsole.setAccessRevocation,
      remove: webConsole.removeAccessRevocation,
    });
  },
} satisfies Domain;

function withoutGrantFields({ mode: _mode, locationGuestPassUuids: _passes, ...revocation }: AccessCondition) {
  return revocation;
}
