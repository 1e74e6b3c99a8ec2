import type { Organization } from "../../data/store";
import type { Table } from "../../page/table";
import { object, ruuid } from "../../server/shapes";
import { type ConsoleContext, type Domain, type PageContext, required } from "../domain";
import { groupOperation } from "../groups";
import {
  type ConsoleAccessGrant,
  conditionFrom,
  grantsOf,
  type NewCondition,
  type SeedAccessGrant,
} from "./accessConditions";
import {
  type ConditionKind,
  checkNewName,
  createCondition,
  grantFields,
  listConditions,
  readCondition,
  removeCondition,
  updateCondition,
} from "./conditionOperations";
import { conditionTables } from "./conditionTables";

/** The access grants of an organization in its seed. */
export interface AccessGrantSeed {
  /** Its access grants; none when absent. */
  readonly accessGrants?: readonly SeedAccessGrant[];
}

const grants: ConditionKind = { slot: "accessGrant", of: grantsOf };
const writeFields = { accessGrant: object(grantFields) };
const idFields = { accessGrantUuid: ruuid };

const operations = [
  groupOperation({
    name: "createAccessGrant",
    kind: "write",
    fields: writeFields,
    handle: (call, { accessGrant }) => createCondition(call, grants, accessGrant),
  }),
  groupOperation({
    name: "updateAccessGrant",
    kind: "write",
    fields: writeFields,
    handle: (call, { accessGrant }) => updateCondition(call, grants, accessGrant),
  }),
  groupOperation({
    name: "deleteLocationAccessGrant",
    kind: "delete",
    fields: idFields,
    handle: (call, { accessGrantUuid }) => removeCondition(call, grants, accessGrantUuid),
  }),
  groupOperation({
    name: "getLocationAccessGrant",
    fields: idFields,
    handle: (call, { accessGrantUuid }) => readCondition(call, grants, accessGrantUuid),
  }),
  groupOperation({ name: "findLocationAccessGrantsByOrg", handle: (call) => listConditions(call, grants) }),
];

/** The access grants of an organization: creating, finding, changing and deleting them. */
export const accessGrants = {
  operations,
  load(organization: Organization, { accessGrants: seeded = [] }: AccessGrantSeed) {
    const { createdAtMillis } = organization.seed;
    for (const each of seeded) {
      grantsOf(organization).set(each.uuid, conditionFrom({ createdAtMillis, ...each }), Number.NEGATIVE_INFINITY);
    }
  },
  save: (organization: Organization): AccessGrantSeed => ({ accessGrants: grantsOf(organization).values() }),
  remains: (organization: Organization) =>
    grantsOf(organization)
      .values()
      .filter(({ mode }) => mode === "DEFAULT")
      .map(({ name }) => `access grant "${name}"`),
  console({ organization }: ConsoleContext) {
    const stored = grantsOf(organization);
    return {
      /** All access grants, those of guest passes included, oldest first. */
      accessGrants: (): ConsoleAccessGrant[] =>
        stored.values().map(({ createdAtMillis: _created, updatedAtMillis: _updated, ...grant }) => grant),
      /** Adds an access grant. Returns its uuid. */
      addAccessGrant(given: NewCondition<SeedAccessGrant>): string {
        const grant = conditionFrom(given);
        stored.set(grant.uuid, grant);
        return grant.uuid;
      },
      /** Changes an access grant. Throws if there is no such grant. */
      setAccessGrant(uuid: string, changes: Partial<Omit<ConsoleAccessGrant, "uuid">>): void {
        stored.set(uuid, { ...required(stored.get(uuid)), ...changes, updatedAtMillis: Date.now() });
      },
      /** Removes an access grant. */
      removeAccessGrant: (uuid: string): void => stored.delete(uuid),
    };
  },
  tables(context: PageContext): Table[] {
    const webConsole = accessGrants.console(context);
    return conditionTables(context.organization, "access grant", webConsole.accessGrants(), {
      rename: (uuid, newName) =>
        webConsole.setAccessGrant(uuid, { name: checkNewName(context, grants, uuid, newName) }),
      set: webConsole.setAccessGrant,
      remove: webConsole.removeAccessGrant,
    });
  },
} satisfies Domain;
