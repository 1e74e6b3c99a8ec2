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

/** The fix for 401 and 403: the probable cause. {@link furtherCauses} has the others. */
export function remedyForKey({ settings, operation }: CallContext): string {
  const { apiKey, clientCertificate } = settings.sources;
  const certificate = clientCertificate === undefined ? "" : `, the client certificate from ${clientCertificate}`;
  return (
    partnerRemedy(settings, operations[operation].level) ??
    `Check the key from ${apiKey}${certificate} and its role: it may be wrong or revoked, or lack this permission.`
  );
}

/** The further causes of 401 and 403 that the current settings leave possible, as sentences. */
export function furtherCauses(settings: Settings): string {
  return [regionCause(settings), certificateCause(settings), partnerCause(settings)].join(" ");
}

/** The fix for a key or a setting of another organization. */
export function remedyForOrganization({ sources, note }: Settings): string {
  const organization = sources.orgUuid === undefined ? "" : `, the organization (from ${sources.orgUuid})`;
  // The process of a provider cannot tell the arguments of an explicit Provider from the stack config.
  const isEither = [sources.apiKey, sources.orgUuid].some((each) => each?.startsWith("rhombus:"));
  const names = isEither ? ", whose arguments also have names such as `rhombus:orgUuid` here" : "";
  const remedy = `Check the API key (from ${sources.apiKey})${organization} and which provider the resource uses${names}.`;
  return [remedy, note?.()].join(" ").trim();
}

/** The fix for a missing connection. It names the host and the origin of that setting. */
export function remedyForConnection(context: CallContext, code: string): string {
  const { settings } = context;
  const host = hostOf(context);
  // In TLS 1.2 a refused client certificate and a server of plain HTTP cause the same error.
  if (/^EPROTO$|WRONG_VERSION/.test(code)) {
    return `Check that ${host} serves HTTPS: it aborted the TLS handshake. Or ${certificateFix(settings)}.`;
  }
  if (isRefusedCertificate(code)) return `${upperFirst(certificateFix(settings))}. The server is ${host}.`;
  if (/CERT|TLS|SSL|SIGNED|UNABLE_TO|HOSTNAME/.test(code)) {
    return `Check the certificate of ${host}: Node does not trust it. For a certificate of your own company, set NODE_EXTRA_CA_CERTS.`;
  }
  if (isLoopback(settings.endpoint)) return `Check that the server at ${host} is running.`;
  return remedyForNetwork(context);
}

/** The fix for a connection that broke or is slow. */
export function remedyForNetwork(context: CallContext): string {
  const { proxy } = context;
  const network = proxy === undefined ? "the network" : `the network and the proxy from ${proxy.variable}`;
  return `Run the command again; if the error persists, check ${network}. The host comes from ${context.settings.sources.endpoint}.`;
}

/** The fix for an answer that probably comes from another server. */
export function remedyForWrongServer(context: CallContext): string {
  return `Check that ${hostOf(context)} is the Rhombus API, and that no proxy or sign-in page answers in its place.`;
}

/** The fix for a redirect. It shows only the host of the address. */
export function remedyForRedirect(context: CallContext, location: string): string {
  // Not parsed: a parser normalizes the address, and the redactor would not recognize a secret in it.
  const target = /^(?:https?:)?\/\/([^/?#@\\]{1,100})(?=[/?#]|$)/i.exec(location)?.[1] ?? "another path";
  const { sourceKind, provider } = context.settings.sources;
  const setting = nameIn(sourceKind, "endpoint", provider);
  return (
    `If the API has moved, set ${setting} to its address; else look for a proxy or sign-in page that answers in the place of ` +
    `${hostOf(context)}. It redirects to ${target}. The redirect was not followed, because it would send the API key there.`
  );
}

/** The host of the endpoint, with the origin of the setting. */
function hostOf({ settings }: CallContext): string {
  return `${new URL(settings.endpoint).host} (from ${settings.sources.endpoint})`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function certificateCause({ sources }: Settings): string {
  return sources.clientCertificate === undefined
    ? `For a key with a client certificate, set ${certificateSettings(sources)}.`
    : `The client certificate (from ${sources.clientCertificate}) must be that of the key; a new key may wait a day for its approval.`;
}

function certificateFix({ sources }: Settings): string {
  return sources.clientCertificate === undefined
    ? `set ${certificateSettings(sources)}: the server asks for a client certificate`
    : `get a client certificate from Rhombus for this key: the server refused the one from ${sources.clientCertificate}`;
}

function certificateSettings({ sourceKind, provider }: SettingSources): string {
  if (sourceKind === "profile") return "auth_type = cert, cert_file and key_file in the profile";
  return `${nameIn(sourceKind, "clientCertificate", provider)} and ${nameIn(sourceKind, "clientKey", provider)}`;
}

function regionCause(settings: Settings): string {
  const { endpoint, region, sources } = settings;
  if (region === undefined) return `The key must belong to ${endpoint} (from ${sources.endpoint}).`;
  const other = otherRegion[region];
  return `For a key of the region ${other}, set ${settingOfRegion(settings, other)}; this call went to ${region}.`;
}

/** The setting that changes the region, and its value: `rhombus:region to eu`. */
export function settingOfRegion({ sources }: Settings, region: Region): string {
  const { sourceKind, provider, endpoint } = sources;
  const given = sources.region ?? (sourceKind === "profile" ? undefined : nameIn(sourceKind, "region", provider));
  if (given !== undefined && (endpoint === given || endpoint === DEFAULT_SOURCE)) return `${given} to ${region}`;
  return `${nameIn(sourceKind, "endpoint", provider)} to ${regionEndpoints[region]}`;
}

/** The fix where a setting of partners is missing. */
function partnerRemedy({ partner, orgUuid, sources }: Settings, level: "client" | "partner"): string | undefined {
  if (level === "partner") {
    return partner
      ? undefined
      : `Set ${partnerSetting(sources)} to true, with a partner's key: this operation needs both.`;
  }
  if (!partner || orgUuid !== undefined) return undefined;
  const setting = nameIn(sources.sourceKind, "orgUuid", sources.provider);
  const other = sources.provider === undefined ? ", or use a Provider with an orgUuid (in commands: --provider)" : "";
  return `Set ${setting}${other}: a partner's key needs an organization.`;
}

function partnerCause({ partner, orgUuid, sources }: Settings): string {
  const setting = partnerSetting(sources);
  if (!partner)
    return `For a partner's key, set ${setting} to true and ${nameIn(sources.sourceKind, "orgUuid", sources.provider)}.`;
  const notPartner = `For a key that is not a partner's, set ${setting} to false.`;
  if (orgUuid === undefined) return notPartner;
  return `${notPartner} The organization ${orgUuid} (from ${sources.orgUuid}) must be one that this partner manages.`;
}

function partnerSetting({ partner, sourceKind, provider }: SettingSources): string {
  return partner ?? nameIn(sourceKind, "partner", provider);
}
