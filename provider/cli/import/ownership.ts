import { foreignAmong } from "../pulumi/stackResources";
import { organizationText } from "./existing";
import type { Session } from "./session";

/**
 * Keeps two organizations out of one provider's resources: refuses to take anything, and only says so where nothing is taken.
 * @param session The session.
 * @param read The organizations that what was read belongs to; they count where the key may not ask for its own.
 * @returns Whether the stack's resources are this organization's.
 * @throws Error when something is to be written, and the stack has resources of another organization.
 */
export function mindOwnership(session: Session, read: readonly (string | undefined)[] = []): boolean {
  const { managed, options, organization, provider } = session;
  const uuid = organization?.uuid ?? read.find((each) => each !== undefined);
  const foreign = foreignAmong(managed, uuid, provider?.urn);
  const [first] = foreign;
  if (first === undefined) return true;
  const opened = organization === undefined ? `The organization ${uuid}` : organizationText(organization);
  const theirs = provider === undefined ? "from the stack config" : `of the provider "${provider.name}"`;
  const said =
    `${opened} is what the settings ${theirs} open, but ${foreign.length} of the stack's resources by these settings, ` +
    `such as "${first.name}", belong to the organization ${first.orgUuid}. ` +
    "Use the key of that organization, or take this one into another stack, or over an explicit provider of its own, " +
    "which --provider names once it is deployed.";
  const isTaken = options.apply || options.out !== undefined || options.program !== undefined;
  if (isTaken) throw new Error(`${said} Nothing was written.`);
  session.note(`warning: ${said}\n`);
  return false;
}
