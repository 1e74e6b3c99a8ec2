import { isRefusedCertificate } from "../http/failures";
import type { NamedProxy } from "../http/proxy";
import { nameIn } from "../settings/settingSources";
import {
  DEFAULT_SOURCE,
  isLoopback,
  type Region,
  regionEndpoints,
  type SettingSources,
  type Settings,
} from "../settings/settings";
import { type OperationName, operations } from "./operations";

const otherRegion: Readonly<Record<Region, Region>> = { us: "eu", eu: "us" };

/** The call that an explanation is about. */
export interface CallContext<Name extends OperationName = OperationName> {
  /** The operation. */
  readonly operation: Name;
  /** The client's settings. Only the origin of the key is shown. */
  readonly settings: Settings;
  /** True if an earlier attempt of the call may have been carried out. */
  readonly isOutcomeUnknown: boolean;
  /** Removes secrets from a text. */
  readonly redact: (text: string) => string;
  /** The proxy of the call; absent without a proxy. */
  readonly proxy?: NamedProxy | undefined;
}

/** The possible causes of 401 and 403 under the current settings. */
export function remedyForKey({ settings, operation }: CallContext): string {
  const { sources } = settings;
  const causes = [
    `The key (from ${sources.apiKey}) may be wrong or revoked`,
    regionCause(settings),
    "its role may lack this permission",
    certificateCause(settings),
    ...partnerCauses(settings, operations[operation].level),
  ];
  return `${causes.filter((cause) => cause !== undefined).join("; ")}.`;
}

/** The fix for a key or a setting of another organization. */
export function remedyForOrganization({ sources, note }: Settings): string {
  const organization = sources.orgUuid === undefined ? "" : `, the organization (from ${sources.orgUuid})`;
  const remedy = `Check the API key (from ${sources.apiKey})${organization} and which provider the resource uses.`;
  return [remedy, note?.()].join(" ").trim();
}

/** The fix for a missing connection. It names the host and the origin of that setting. */
export function remedyForConnection({ settings, proxy }: CallContext, code: string): string {
  const { host } = new URL(settings.endpoint);
  const through = proxy === undefined ? "" : `, the proxy from ${proxy.variable}`;
  const chosen = `The host ${host} comes from ${settings.sources.endpoint}${through}`;
  // In TLS 1.2 a refused client certificate and a server of plain HTTP cause the same error.
  if (/^EPROTO$|WRONG_VERSION/.test(code)) {
    return `${chosen}. It aborted the TLS handshake: either it does not serve HTTPS there, or ${certificateComplaint(settings)}.`;
  }
  if (isRefusedCertificate(code)) return `${chosen}. It closed the connection: ${certificateComplaint(settings)}.`;
  if (/CERT|TLS|SSL|SIGNED|UNABLE_TO|HOSTNAME/.test(code)) {
    return `${chosen}. Its certificate must be one that Node trusts; for a certificate of your own company set NODE_EXTRA_CA_CERTS.`;
  }
  if (isLoopback(settings.endpoint)) return `${chosen}. Check that the server there is running.`;
  return `${chosen}. Check the network${proxy === undefined ? "" : " and the proxy"}.`;
}

/** The fix for an answer that probably comes from another server. */
export function remedyForWrongServer({ settings }: CallContext): string {
  const { host } = new URL(settings.endpoint);
  return `Check that ${host} (from ${settings.sources.endpoint}) is the Rhombus API and that no proxy or sign-in page answers in its place.`;
}

/** The fix for a redirect. It shows only the host of the address. */
export function remedyForRedirect(context: CallContext, location: string): string {
  // Not parsed: a parser normalizes the address, and the redactor would not recognize a secret in it.
  const target = /^(?:https?:)?\/\/([^/?#@\\]{1,100})(?=[/?#]|$)/i.exec(location)?.[1] ?? "another path";
  const setting = nameIn(context.settings.sources.sourceKind, "endpoint");
  return (
    `The server redirects to ${target}. The redirect was not followed because it would send the API key there. If the API has moved, set ${setting} to its address. ` +
    remedyForWrongServer(context)
  );
}

function certificateCause({ sources }: Settings): string {
  return sources.clientCertificate === undefined
    ? `if it was created together with a client certificate, set ${certificateSettings(sources)}`
    : `the client certificate (from ${sources.clientCertificate}) may not be the one that the key was created with, and a new key may wait up to a day for its approval`;
}

function certificateComplaint({ sources }: Settings): string {
  return sources.clientCertificate === undefined
    ? `it asks for a client certificate, which ${certificateSettings(sources)} would give`
    : `it refused the client certificate from ${sources.clientCertificate}; get one from Rhombus for this key`;
}

function certificateSettings({ sourceKind }: SettingSources): string {
  if (sourceKind === "profile") return "auth_type = cert, cert_file and key_file in the profile";
  return `${nameIn(sourceKind, "clientCertificate")} and ${nameIn(sourceKind, "clientKey")}`;
}

function regionCause(settings: Settings): string | undefined {
  const { endpoint, region, sources } = settings;
  if (region === undefined) return `it may belong to another address than ${endpoint} (from ${sources.endpoint})`;
  const other = otherRegion[region];
  return `it may belong to the other region, ${other}, while this call went to ${region}, ${endpoint} (set ${settingOfRegion(settings, other)})`;
}

/** The setting that changes the region, and its value: `rhombus:region to eu`. */
export function settingOfRegion({ sources }: Settings, region: Region): string {
  const { sourceKind, endpoint } = sources;
  const given = sources.region ?? (sourceKind === "profile" ? undefined : nameIn(sourceKind, "region"));
  if (given !== undefined && (endpoint === given || endpoint === DEFAULT_SOURCE)) return `${given} to ${region}`;
  return `${nameIn(sourceKind, "endpoint")} to ${regionEndpoints[region]}`;
}

function partnerCauses(settings: Settings, level: "client" | "partner"): string[] {
  const { sourceKind, ...sources } = settings.sources;
  const partner = sources.partner ?? nameIn(sourceKind, "partner");
  const organization = nameIn(sourceKind, "orgUuid");
  if (level === "partner") {
    return settings.partner ? [] : [`this operation needs a partner's key and ${partner} set to true`];
  }
  if (!settings.partner) return [`if it is a partner's key, set ${partner} to true and ${organization}`];
  const notPartner = `if it is not a partner's key, set ${partner} to false`;
  return settings.orgUuid === undefined
    ? [notPartner, `a partner's key needs ${organization} to select an organization`]
    : [notPartner, `the organization ${settings.orgUuid} (from ${sources.orgUuid}) may not be managed by this partner`];
}
