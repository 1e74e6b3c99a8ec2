import { foreignAmong } from "../pulumi/stackResources";
import { organizationText } from "./existing";
import type { Session } from "./session";

/**
 * Checks that the stack's resources belong to the organization that the settings open. A list only warns if they do not.
 * @param session The session.
 * @param owners The organizations of the objects that were read. They count if the key may not read its own organization.
 * @returns Whether they belong to it.
 * @throws Error when something is to be written, and the stack has resources of another organization.
 */
export function checkOwnership(session: Session, owners: readonly (string | undefined)[] = []): boolean {
  const { managed, options, organization, provider } = session;
  const uuid = organization?.uuid ?? owners.find((each) => each !== undefined);
  const foreign = foreignAmong(managed, uuid, provider?.urn);
  const [first] = foreign;
  if (first === undefined) return true;
  const opened = organization === undefined ? `the organization ${uuid}` : organizationText(organization);
  const source = provider === undefined ? "from the stack config" : `of the provider "${provider.name}"`;
  const message =
    `The settings ${source} open ${opened}, but ${foreign.length} of the stack's resources with these settings, ` +
    `such as "${first.name}", belong to the organization ${first.orgUuid}. ` +
    "Use the key of that organization, or import into another stack, or deploy an explicit provider for this organization " +
    "and name it with --provider.";
  const isWritten = options.apply || options.out !== undefined || options.program !== undefined;
  if (isWritten) throw new Error(`${message} Nothing was written.`);
  session.note(`warning: ${message}\n`);
  return false;
}
