import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import path from "node:path";
import { createSecureContext } from "node:tls";
import { epochMs } from "../../clock";
import { PEM_MARK } from "../redaction/environmentSecrets";
import { type Given, problem, type SettingSource } from "./settingSources";
import { FileFault, textOfFile } from "./textFile";

/** A client certificate and its private key, as PEM text. */
export interface ClientCertificate {
  /** The certificate, followed by the certificates of intermediate authorities, if any. */
  readonly certificate: string;
  /** The private key; secret. */
  readonly key: string;
}

/** The folders that paths refer to. */
export interface Folders {
  /** The home folder, for `~`. */
  readonly home: string;
  /** The folder for relative paths. */
  readonly start: string;
}

/**
 * The client certificate in a source; `undefined` if there is none.
 * @throws SettingsError if it cannot be used: one of its two parts is missing, unreadable, of another kind or encrypted, the parts do not
 * match, or it is not valid today.
 */
export function clientCertificateOf(source: SettingSource, folders: Folders): ClientCertificate | undefined {
  const { clientCertificate, clientKey } = source;
  if (clientKey === undefined) {
    if (clientCertificate === undefined) return undefined;
    const key = "its private key (clientKey, RHOMBUS_CLIENT_KEY)";
    throw problem(clientCertificate, `is set without ${key}; set both in the same place`);
  }
  if (clientCertificate === undefined) {
    const other = "the certificate that it belongs to (clientCertificate, RHOMBUS_CLIENT_CERTIFICATE)";
    throw problem(clientKey, `is set without ${other}; set both in the same place`);
  }
  const certificate = pemOf(clientCertificate, folders);
  const key = pemOf(clientKey, folders);
  const x509 = certificateIn(certificate, clientCertificate);
  if (!x509.checkPrivateKey(keyIn(key, clientKey))) {
    throw problem(clientKey, `is not the key of the certificate (${clientCertificate.setting})`);
  }
  assertValidToday(x509, clientCertificate);
  try {
    createSecureContext({ cert: certificate, key });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw problem(clientCertificate, `is a certificate that Node refuses${code}`);
  }
  return { certificate, key };
}

/** The warnings of a certificate that expires soon. */
export function expiryWarnings({ certificate }: ClientCertificate, setting: string): string[] {
  const { validTo } = new X509Certificate(certificate);
  const daysLeft = Math.floor((Date.parse(validTo) - epochMs()) / DAY_MS);
  if (daysLeft >= DAYS_OF_WARNING) return [];
  return [`the client certificate (from ${setting}) expires on ${dayOf(validTo)}; renew it before`];
}

const DAY_MS = 24 * 60 * 60 * 1_000;

const DAYS_OF_WARNING = 14;

function pemOf(given: Given, { home, start }: Folders): string {
  // Variables of CI systems often contain line breaks as \n.
  if (given.value.includes(PEM_MARK)) return given.value.replaceAll("\\n", "\n");
  const written = given.value.trim();
  if (/[\r\n]/.test(written)) {
    throw problem(given, `is neither PEM text, which begins with ${PEM_MARK.trim()}, nor the path of a file`);
  }
  const isInHome = /^~[\\/]/.test(written);
  const folder = isInHome ? home : start;
  // The path is not shown: it may be a key without its first line, and Pulumi masks one that was set with --secret.
  const where = path.isAbsolute(written) ? "" : `; ${isInHome ? "~" : "a relative path"} starts from ${folder}`;
  try {
    const text = textOfFile(path.resolve(folder, isInHome ? written.slice(2) : written));
    if (text.includes(PEM_MARK)) return text;
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw problem(given, `the file that it names ${error.message}${where}`);
  }
  throw problem(
    given,
    `the file that it names contains no PEM text, which begins with ${PEM_MARK.trim()}; openssl converts other forms`,
  );
}

function keyIn(text: string, given: Given): KeyObject {
  if (/-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    const reason =
      "is encrypted with a passphrase, which nobody could enter during a deployment; remove the passphrase (openssl pkey -in key.pem -out plain.pem) " +
      "and keep the key as a secret of the stack";
    throw problem(given, reason);
  }
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    throw problem(given, "contains no private key; are the key and the certificate swapped?");
  }
  try {
    return createPrivateKey(text);
  } catch {
    throw problem(given, "contains a private key that cannot be read; is a part of it missing?");
  }
}

function certificateIn(text: string, given: Given): X509Certificate {
  if (!/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(text)) {
    throw problem(given, "contains no certificate; are the certificate and the key swapped?");
  }
  try {
    return new X509Certificate(text);
  } catch {
    throw problem(given, "contains a certificate that cannot be read; is a part of it missing?");
  }
}

function assertValidToday({ validFrom, validTo }: X509Certificate, given: Given): void {
  if (Date.parse(validTo) < epochMs())
    throw problem(given, `the certificate expired on ${dayOf(validTo)}; get a new one`);
  if (Date.parse(validFrom) > epochMs()) {
    throw problem(given, `the certificate is valid only from ${dayOf(validFrom)} on; check this machine's clock`);
  }
}

function dayOf(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}
