import { createPrivateKey, type KeyObject, X509Certificate } from "node:crypto";
import path from "node:path";
import { createSecureContext } from "node:tls";
import { epochMs } from "../../clock";
import { looksLikePath } from "../redaction/presentable";
import type { Given, SettingSource } from "./settingSources";
import { FileFault, textOfFile } from "./textFile";

/** A client certificate and its private key, as PEM text. */
export interface ClientCertificate {
  /** The certificate, followed by the certificates of intermediate authorities, if any. */
  readonly certificate: string;
  /** The private key; secret. */
  readonly key: string;
}

/** A client certificate that cannot be used. */
export class ClientCertificateError extends Error {
  /**
   * Takes the problem.
   * @param setting The setting at fault.
   * @param reason The reason, without the value.
   */
  constructor(
    readonly setting: string,
    reason: string,
  ) {
    super(reason);
    this.name = "ClientCertificateError";
  }
}

/** The folders that paths refer to. */
export interface Folders {
  /** The home folder, for `~`. */
  readonly home: string;
  /** The folder for relative paths. */
  readonly start: string;
}

/** The secret lines of a private key in PEM text; none for other text. */
export function secretLines(text: string): string[] {
  const lines = text.split(/\r?\n|\\n/);
  return text.includes(PEM_MARK) ? lines.filter((line) => line.length >= SHORTEST_LINE && !line.startsWith("--")) : [];
}

/**
 * The client certificate in a source; `undefined` if there is none.
 * @throws ClientCertificateError if it cannot be used: one of its two parts is missing, unreadable, of another kind or encrypted, the parts do
 * not match, or it is not valid today.
 */
export function clientCertificateOf(source: SettingSource, folders: Folders): ClientCertificate | undefined {
  const { clientCertificate, clientKey } = source;
  if (clientCertificate === undefined && clientKey === undefined) return undefined;
  if (clientKey === undefined) throw alone(clientCertificate, "its private key (clientKey, RHOMBUS_CLIENT_KEY)");
  if (clientCertificate === undefined) {
    throw alone(clientKey, "the certificate that it belongs to (clientCertificate, RHOMBUS_CLIENT_CERTIFICATE)");
  }
  const read = {
    certificate: pemOf(clientCertificate, folders, (file, written) => {
      return looksLikePath(written) ? `the file ${file}` : UNNAMED_FILE;
    }),
    // The value may be a key without its first line, so it is not shown.
    key: pemOf(clientKey, folders, () => UNNAMED_FILE),
  };
  const certificate = certificateIn(read.certificate, clientCertificate);
  if (!certificate.checkPrivateKey(keyIn(read.key, clientKey))) {
    throw new ClientCertificateError(
      clientKey.setting,
      `is not the key of the certificate (${clientCertificate.setting})`,
    );
  }
  assertValidToday(certificate, clientCertificate);
  assertAccepted(read, clientCertificate);
  return read;
}

/** A warning that a certificate expires soon; `undefined` if it does not. */
export function expiryWarning({ certificate }: ClientCertificate, setting: string): string | undefined {
  const { validTo } = new X509Certificate(certificate);
  const daysLeft = Math.floor((Date.parse(validTo) - epochMs()) / DAY_MS);
  if (daysLeft >= DAYS_OF_WARNING) return undefined;
  return `the client certificate (from ${setting}) expires on ${dayOf(validTo)}; renew it before`;
}

const UNNAMED_FILE = "the file that it names";

const SHORTEST_LINE = 8;

const DAY_MS = 24 * 60 * 60 * 1_000;

const DAYS_OF_WARNING = 14;

const PEM_MARK = "-----BEGIN ";

function alone(given: Given | undefined, other: string): ClientCertificateError {
  return new ClientCertificateError(given?.setting ?? "", `is set without ${other}; set both in the same place`);
}

function pemOf(given: Given, { home, start }: Folders, shown: (file: string, written: string) => string): string {
  // Variables of CI systems often contain line breaks as \n.
  if (given.value.includes(PEM_MARK)) return given.value.replaceAll("\\n", "\n");
  if (/[\r\n]/.test(given.value.trim())) {
    const reason = `is neither PEM text, which begins with ${PEM_MARK.trim()}, nor the path of a file`;
    throw new ClientCertificateError(given.setting, reason);
  }
  const written = given.value.trim();
  const file = /^~[\\/]/.test(written) ? path.join(home, written.slice(2)) : path.resolve(start, written);
  const text = textAt(file, (reason) => {
    const where = path.isAbsolute(written) || written.startsWith("~") ? "" : ` (looked for from ${start})`;
    return new ClientCertificateError(given.setting, `${shown(file, written)} ${reason}${where}`);
  });
  if (text.includes(PEM_MARK)) return text;
  const reason = `${shown(file, written)} holds no PEM text, which begins with ${PEM_MARK.trim()}; openssl converts other forms`;
  throw new ClientCertificateError(given.setting, reason);
}

function textAt(file: string, failure: (reason: string) => Error): string {
  try {
    return textOfFile(file);
  } catch (error) {
    throw error instanceof FileFault ? failure(error.message) : error;
  }
}

function keyIn(text: string, { setting }: Given): KeyObject {
  if (/-----BEGIN ENCRYPTED|^Proc-Type: 4,ENCRYPTED/m.test(text)) {
    const reason =
      "is encrypted with a passphrase, which nobody could enter during a deployment; remove the passphrase (openssl pkey -in key.pem -out plain.pem) " +
      "and keep the key as a secret of the stack";
    throw new ClientCertificateError(setting, reason);
  }
  if (!/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(text)) {
    throw new ClientCertificateError(setting, "holds no private key; are the key and the certificate swapped?");
  }
  try {
    return createPrivateKey(text);
  } catch {
    throw new ClientCertificateError(setting, "holds a private key that cannot be read; is a part of it missing?");
  }
}

function certificateIn(text: string, { setting }: Given): X509Certificate {
  if (!/-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----/.test(text)) {
    throw new ClientCertificateError(setting, "holds no certificate; are the certificate and the key swapped?");
  }
  try {
    return new X509Certificate(text);
  } catch {
    throw new ClientCertificateError(setting, "holds a certificate that cannot be read; is a part of it missing?");
  }
}

function assertValidToday({ validFrom, validTo }: X509Certificate, { setting }: Given): void {
  if (Date.parse(validTo) < epochMs()) {
    throw new ClientCertificateError(setting, `the certificate expired on ${dayOf(validTo)}; get a new one`);
  }
  if (Date.parse(validFrom) > epochMs()) {
    const reason = `the certificate is valid only from ${dayOf(validFrom)} on; check this machine's clock`;
    throw new ClientCertificateError(setting, reason);
  }
}

function assertAccepted({ certificate: cert, key }: ClientCertificate, { setting }: Given): void {
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? ` (${error.code})` : "";
    throw new ClientCertificateError(setting, `is a certificate that Node does not accept${code}`);
  }
}

function dayOf(date: string): string {
  return new Date(date).toISOString().slice(0, 10);
}
