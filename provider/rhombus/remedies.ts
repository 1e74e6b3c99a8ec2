import { isRefusedCertificate } from "./failures";
import { isLoopback, type Region, regionEndpoints, type Settings } from "./settings";

const otherRegion: Readonly<Record<Region, Region>> = { us: "eu", eu: "us" };

/** What a remedy depends on besides the failure. */
export interface Circumstances {
  /** The settings of the client; of the key only its source is used. */
  readonly settings: Settings;
  /** Whether the operation is about one organization or about a partner. */
  readonly level: "client" | "partner";
}

/** What may be wrong when Rhombus does not let a key in (401 and 403): of the known causes those that the present settings leave possible. */
export function remedyForKey({ settings, level }: Circumstances): string {
  const { sources } = settings;
  const causes = [
    `The key (from ${sources.apiKey}) may be wrong or revoked`,
    regionCause(settings),
    "its role may lack this permission",
    certificateCause(settings),
  ];
  causes.push(...partnerCauses({ settings, level }));
  const remedy = `${causes.filter((cause) => cause !== undefined).join("; ")}.`;
  return fromConfiguration(sources.apiKey)
    ? `${remedy} After a key was rotated, refresh and destroy still use the one in the state: run pulumi up first, or add --run-program.`
    : remedy;
}

/** What may be wrong when there is no connection; names the host and the setting that chose it. */
export function remedyForConnection({ settings }: Circumstances, code: string): string {
  const { host } = new URL(settings.endpoint);
  const chosen = `The host ${host} comes from ${settings.sources.endpoint}`;
  if (isRefusedCertificate(code)) return `${chosen}. It ends the connection: ${certificateComplaint(settings)}.`;
  if (/CERT|TLS|SSL|SIGNED|UNABLE_TO|HOSTNAME|EPROTO/.test(code)) {
    return `${chosen}. Its certificate must be one that Node trusts; for a certificate of your own company set NODE_EXTRA_CA_CERTS.`;
  }
  if (isLoopback(settings.endpoint)) return `${chosen}. Check that the server there is running.`;
  return `${chosen}. Check the network, and the proxy if HTTPS_PROXY names one.`;
}

/** What to do about an answer that Rhombus itself would hardly give. */
export function remedyForStranger({ settings }: Circumstances): string {
  const { host } = new URL(settings.endpoint);
  return `Check that ${host} (from ${settings.sources.endpoint}) is the Rhombus API and that no proxy or sign-in page answers in its place.`;
}

/** What to do about an answer that sends the call elsewhere; of the address only the host is shown. */
export function remedyForRedirect(circumstances: Circumstances, location: string): string {
  // Cut out, not parsed: a parser writes it anew, and a secret in it would no longer be recognised.
  const target = /^(?:https?:)?\/\/([^/?#@\\]{1,100})(?=[/?#]|$)/i.exec(location)?.[1] ?? "another path";
  const setting = fromConfiguration(circumstances.settings.sources.apiKey)
    ? "rhombus:endpoint"
    : "RHOMBUS_ENDPOINT_URL";
  return (
    `It sends the call to ${target}, where it does not go, because the API key would go with it. If the API has moved, set ${setting} to its address. ` +
    remedyForStranger(circumstances)
  );
}

function certificateCause({ sources }: Settings): string {
  return sources.clientCertificate === undefined
    ? `if it was made together with a client certificate, set ${certificateSettings(sources.apiKey)}`
    : `the client certificate (from ${sources.clientCertificate}) may be another one than the key was made with, and a new key may wait up to a day for its approval`;
}

function certificateComplaint({ sources }: Settings): string {
  return sources.clientCertificate === undefined
    ? `it asks for a client certificate, which ${certificateSettings(sources.apiKey)} would give`
    : `it does not accept the client certificate from ${sources.clientCertificate}; get one from Rhombus for this key`;
}

function certificateSettings(key: string): string {
  return fromConfiguration(key)
    ? "rhombus:clientCertificate and rhombus:clientKey"
    : "RHOMBUS_CLIENT_CERTIFICATE and RHOMBUS_CLIENT_KEY";
}

function regionCause({ endpoint, region, sources }: Settings): string | undefined {
  if (region === undefined) return `it may belong to another address than ${endpoint} (from ${sources.endpoint})`;
  const other = otherRegion[region];
  const way = chosenByAddress(sources.endpoint)
    ? `set ${sources.endpoint} to ${regionEndpoints[other]}`
    : `set ${fromConfiguration(sources.apiKey) ? "rhombus:region" : "RHOMBUS_REGION"} to ${other}`;
  return `it may belong to the other region, ${other}, while this call went to ${region}, ${endpoint} (${way})`;
}

function partnerCauses({ settings, level }: Circumstances): string[] {
  const [partner, organization] = fromConfiguration(settings.sources.apiKey)
    ? ["rhombus:partner", "rhombus:orgUuid"]
    : ["RHOMBUS_PARTNER", "RHOMBUS_ORG_UUID"];
  if (level === "partner") {
    return settings.partner ? [] : [`this operation needs a partner's key and ${partner} set to true`];
  }
  if (!settings.partner) return [`if it is a partner's key, set ${partner} to true and ${organization}`];
  return settings.orgUuid === undefined
    ? [`a partner's key needs ${organization} to say in which organization it works`]
    : [`the organization ${settings.orgUuid} (from ${settings.sources.orgUuid}) may not be managed by this partner`];
}

// Beside an endpoint, another region would contradict it.
function chosenByAddress(source: string): boolean {
  return source === "rhombus:endpoint" || source === "RHOMBUS_ENDPOINT_URL";
}

function fromConfiguration(source: string): boolean {
  return source.startsWith("rhombus:");
}
