import type { ServerOptions } from "node:https";
import type { Scheme } from "./access";

/** How an emulator speaks TLS. All are PEM texts. */
export interface EmulatorTls {
  /** Its certificate, for 127.0.0.1, followed by those of intermediate authorities where it has any. */
  readonly certificate: string;
  /** The private key of its certificate. */
  readonly key: string;
  /**
   * The authority of the clients' certificates. With it, every call has to show such a certificate and to say so by its
   * scheme, `api` or `partner-api`; the other schemes open nothing. Default: no call shows a certificate, and these two
   * schemes open nothing.
   */
  readonly clientAuthority?: string;
}

/** The options of a server that speaks TLS so. */
export function serverOptions({ certificate, key, clientAuthority }: EmulatorTls): ServerOptions {
  const own = { cert: certificate, key };
  // A caller without a certificate gets an answer that refuses it, as from a host that serves both kinds of keys.
  return clientAuthority === undefined
    ? own
    : { ...own, ca: clientAuthority, requestCert: true, rejectUnauthorized: false };
}

/** The scheme that opens, without the word for partners in front. */
export function acceptedScheme(tls: EmulatorTls | undefined): Scheme {
  return tls?.clientAuthority === undefined ? "api-token" : "api";
}
