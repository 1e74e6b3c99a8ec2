import type { ServerOptions } from "node:https";
import type { Scheme } from "./access";

/** TLS settings of an emulator, as PEM texts. */
export interface EmulatorTls {
  /** The certificate for 127.0.0.1, followed by those of intermediate authorities. */
  readonly certificate: string;
  /** The private key of its certificate. */
  readonly key: string;
  /**
   * The authority of client certificates. If set, every call needs a certificate of it and the scheme `api` or
   * `partner-api`. Default: client certificates are not requested, and these two schemes are refused.
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
