import { storedText } from "../../behaviours/applyWrite";
import type { Organization } from "../../data/store";
import type { Table } from "../../page/table";
import { type DoorInfo, withDoor } from "../badge/doors";
import type { OnGuardFlags } from "../badge/flags";
import { type ConsoleContext, type Domain, type PageContext, required } from "../domain";
import { onGuardTables } from "./onGuardTables";
import { operations } from "./operations";
import {
  type ConsoleOnGuard,
  emptyOnGuard,
  newDeployment,
  type OnGuardDeployment,
  type OnGuardSeed,
  onGuardOf,
  onGuardWebhookPath,
  type SeedOnGuard,
  withDeployments,
  withoutDeployment,
} from "./storedOnGuard";
import { type BadgeEvent, eventsOf } from "./webhook";

/** The OnGuard deployments of an organization and their badge events. */
export const onGuard = {
  operations,
  load(organization: Organization, { onGuard: seeded, onGuardEnabled: enabled = true }: OnGuardSeed) {
    if (!seeded) return;
    const stored = withDeployments({ ...emptyOnGuard, enabled }, seeded.map(newDeployment));
    onGuardOf(organization).write(stored, Number.NEGATIVE_INFINITY);
  },
  save(organization: Organization): OnGuardSeed {
    const stored = onGuardOf(organization).read();
    return { onGuard: stored && [...stored.deployments.values()].map(toSeed), onGuardEnabled: stored?.enabled };
  },
  remains: (organization: Organization) =>
    [...(onGuardOf(organization).read()?.deployments.values() ?? [])].map(
      ({ displayName }) => `OnGuard deployment "${displayName ?? ""}"`,
    ),
  console({ organization, baseUrl }: ConsoleContext) {
    const register = onGuardOf(organization);
    const shown = ({ doors, ...each }: OnGuardDeployment): ConsoleOnGuard => ({
      ...each,
      webhookUrl: `${baseUrl}${onGuardWebhookPath(each.rhombusToken)}`,
      doorInfoMap: Object.fromEntries(doors),
    });
    const change = (rhombusToken: string, changes: (deployment: OnGuardDeployment) => Partial<OnGuardDeployment>) => {
      const stored = required(register.read());
      const deployment = required(stored.deployments.get(rhombusToken));
      register.write(withDeployments(stored, [{ ...deployment, ...changes(deployment) }]));
    };
    return {
      /** All OnGuard deployments, oldest first. */
      onGuard: (): ConsoleOnGuard[] => [...(register.read()?.deployments.values() ?? [])].map(shown),
      /** True if OnGuard as a whole is enabled; false where it was never configured. */
      isOnGuardEnabled: (): boolean => register.read()?.enabled ?? false,
      /** Enables or disables OnGuard as a whole. */
      setOnGuardEnabled: (enabled: boolean): void => register.write({ ...(register.read() ?? emptyOnGuard), enabled }),
      /** Adds a deployment, with a new token and secret unless they are given. Returns it. */
      addOnGuard(given: Partial<SeedOnGuard>): ConsoleOnGuard {
        const deployment = newDeployment(given);
        register.write(withDeployments(register.read(), [deployment]));
        return shown(deployment);
      },
      /** Sets one door of a deployment, or removes it with undefined. Throws if there is no such deployment. */
      setOnGuardDoor: (rhombusToken: string, key: string, door: DoorInfo | undefined): void =>
        change(rhombusToken, ({ doors }) => ({ doors: withDoor(doors, key, door) })),
      /** Sets some flags of a deployment. Throws if there is no such deployment. */
      setOnGuardFlags: (rhombusToken: string, changed: Partial<OnGuardFlags>): void =>
        change(rhombusToken, ({ flags }) => ({ flags: { ...flags, ...changed } })),
      /** Renames a deployment. Throws if there is no such deployment. */
      setOnGuardDisplayName: (rhombusToken: string, displayName: string | null): void =>
        change(rhombusToken, () => ({ displayName })),
      /** Removes one deployment, or the whole OnGuard integration when no token is given. */
      removeOnGuard(rhombusToken?: string): void {
        const stored = register.read();
        register.write(stored && rhombusToken !== undefined ? withoutDeployment(stored, rhombusToken) : undefined);
      },
      /** The badge events that webhooks have accepted, oldest first. */
      events: (): BadgeEvent[] => [...eventsOf(organization)],
    };
  },
  tables(context: PageContext): Table[] {
    const webConsole = onGuard.console(context);
    const setOnGuardDisplayName = (rhombusToken: string, newName: string) =>
      webConsole.setOnGuardDisplayName(rhombusToken, storedText(newName, context.behaviours));
    return onGuardTables(context.organization, { ...webConsole, setOnGuardDisplayName });
  },
} satisfies Domain;

function toSeed({ displayName, doors, ...others }: OnGuardDeployment): SeedOnGuard {
  return { ...others, displayName: displayName ?? undefined, doorInfoMap: Object.fromEntries(doors) };
}
