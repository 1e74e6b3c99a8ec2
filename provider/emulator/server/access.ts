import type { IncomingMessage } from "node:http";
import type { ServerOptions } from "node:https";
import { TLSSocket } from "node:tls";
import type { SeedPartner } from "../data/seed";
import type { Store } from "../data/store";
import { type Call, type Kind, Refusal } from "./operation";

/** The credentials of a call. */
export interface Credentials {
  /** The API key. */
  readonly key: string | undefined;
  /** The scheme, such as `api-token`, without the prefix `partner-`. */
  readonly scheme: string | undefined;
  /** True for a scheme of partners. */
  readonly asPartner: boolean;
  /** The organization that a partner names. */
  readonly orgUuid: string | undefined;
  /** True if the caller has a client certificate of the configured authority. */
  readonly hasCertificate: boolean;
}

/** Reads the credentials from the headers and the connection of a call. */
export function credentialsOf({ headers, socket }: Pick<IncomingMessage, "headers" | "socket">): Credentials {
  const scheme = headerText(headers["x-auth-scheme"]);
  return {
    key: headerText(headers["x-auth-apikey"]),
    scheme: scheme?.replace(/^partner-/, ""),
    asPartner: scheme?.startsWith("partner-") === true,
    orgUuid: headerText(headers["x-auth-org"]),
    hasCertificate: socket instanceof TLSSocket && socket.authorized,
  };
}

/** The accepted scheme: `api` with client certificates, `api-token` without. */
export type Scheme = "api" | "api-token";

/** TLS settings of an emulator, as PEM texts. */
export interface EmulatorTls {
  /** The certificate for 127.0.0.1, followed by those of intermediate authorities. */
  readonly certificate: string;
  /** The private key of its certificate. */
  readonly key: string;
  /**
   * The authority of client certificates. If set, every call needs a certificate of it and the scheme `api` or
   * `partner-api`; the page needs none. Default: client certificates are not requested, and these two schemes are refused.
   */
  readonly clientAuthority?: string;
}

/** The options of an HTTPS server with these settings. */
export function serverOptions({ certificate, key, clientAuthority }: EmulatorTls): ServerOptions {
  const own = { cert: certificate, key };
  // A caller without a certificate gets a 403, as at a host that serves both kinds of keys.
  return clientAuthority === undefined
    ? own
    : { ...own, ca: clientAuthority, requestCert: true, rejectUnauthorized: false };
}

/** The accepted scheme, without the prefix `partner-`. */
export function acceptedScheme(tls: EmulatorTls | undefined): Scheme {
  return tls?.clientAuthority === undefined ? "api-token" : "api";
}

/**
 * Finds the organization of a call: that of its API key, or with a partner's key the client in `x-auth-org`. Throws a
 * {@link Refusal}: 401 without a key; 403 for a wrong key, a key under the wrong scheme, a missing client certificate,
 * an organization that the partner does not manage, or a write with a key that may only read.
 */
export function authorizeInOrganization(
  store: Store,
  credentials: Credentials,
  scheme: Scheme,
  kind: Kind,
): Pick<Call, "organization" | "caller"> {
  const key = checkKey(credentials, scheme);
  if (!credentials.asPartner) return organizationOf(store, key, kind);
  const partner = partnerOf(store, key);
  const client = partner.clients.find((each) => each.orgUuid === credentials.orgUuid && each.accessAllowed !== false);
  const organization = client && store.organizations.get(client.orgUuid);
  if (!organization) throw denied();
  return { organization, caller: { name: partner.name, userUuid: null, readOnly: false } };
}

/**
 * Finds the partner of a call for all its organizations. Throws a {@link Refusal}: 401 without a key, 403 for anything
 * but a partner's key with a partner's scheme.
 */
export function authorizePartner(store: Store, credentials: Credentials, scheme: Scheme): SeedPartner {
  const key = checkKey(credentials, scheme);
  if (!credentials.asPartner) throw denied();
  return partnerOf(store, key);
}

function checkKey({ key, scheme, hasCertificate }: Credentials, expected: Scheme): string {
  if (!key) throw new Refusal(401, "Unauthorized", "No API key.");
  if (scheme !== expected || (scheme === "api" && !hasCertificate)) throw denied();
  return key;
}

function organizationOf(store: Store, key: string, kind: Kind): Pick<Call, "organization" | "caller"> {
  const found = store.findApiKey(key);
  if (!found) throw denied();
  const { organization, apiKey } = found;
  const { userUuid, readOnly = false } = apiKey;
  if (readOnly && kind !== "read") throw denied();
  const user = organization.seed.users.find(({ uuid }) => uuid === userUuid);
  const name = user ? `${user.firstName} ${user.lastName}` : organization.seed.accountOwnerEmail;
  return { organization, caller: { name, userUuid, readOnly } };
}

function partnerOf(store: Store, key: string): SeedPartner {
  const partner = store.seed.partners.find(({ apiKey }) => apiKey === key);
  if (!partner) throw denied();
  return partner;
}

function denied(): Refusal {
  return new Refusal(403, "Forbidden", "Access Denied");
}

function headerText(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}
