import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { md, pki, random, util } from "node-forge";

/** A certificate and its private key, as PEM. */
export interface Certified {
  /** The certificate. */
  readonly certificate: string;
  /** The private key, unencrypted, as PKCS#8. */
  readonly key: string;
}

/** The fields of a certificate. */
export interface CertificateFields {
  /** Its subject's common name. Default: `127.0.0.1`. */
  readonly name?: string;
  /** The bytes of its serial number as hexadecimal digits; from 80 on the first byte makes it negative. Default: random, positive. */
  readonly serialNumber?: string;
  /** From when it is valid, in days from now. Default: -1. */
  readonly fromDays?: number;
  /** Until when it is valid, in days from now. Default: 365. */
  readonly toDays?: number;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** An authority that issues certificates for tests. Making its keys takes a moment, so tests share one where they can. */
export class Authority {
  /** Its own certificate, for the trust store of a client. */
  readonly certificate: string;
  readonly #name: string;
  readonly #own = newKeys();
  readonly #issued = newKeys();

  /**
   * Makes an authority.
   * @param name Its common name.
   */
  constructor(name = "Authority of a test") {
    this.#name = name;
    const extensions = [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", keyCertSign: true, cRLSign: true, critical: true },
    ];
    this.certificate = this.#sign(this.#own.publicKey, { name, extensions });
  }

  /**
   * Issues a certificate, for a server on 127.0.0.1 and for a client alike. All have one key.
   * @param fields The fields of the certificate.
   */
  issue(fields: CertificateFields = {}): Certified {
    const extensions = [
      { name: "basicConstraints", cA: false },
      { name: "extKeyUsage", serverAuth: true, clientAuth: true },
      { name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] },
    ];
    const { publicKey, pem } = this.#issued;
    return { certificate: this.#sign(publicKey, { ...fields, extensions }), key: pem };
  }

  #sign(publicKey: pki.rsa.PublicKey, fields: CertificateFields & { readonly extensions: object[] }): string {
    const { name = "127.0.0.1", serialNumber = newSerialNumber(), fromDays = -1, toDays = 365, extensions } = fields;
    const certificate = pki.createCertificate();
    certificate.publicKey = publicKey;
    certificate.serialNumber = serialNumber;
    certificate.validity.notBefore = new Date(Date.now() + fromDays * DAY_MS);
    certificate.validity.notAfter = new Date(Date.now() + toDays * DAY_MS);
    certificate.setSubject([{ name: "commonName", value: name }]);
    certificate.setIssuer([{ name: "commonName", value: this.#name }]);
    certificate.setExtensions(extensions);
    certificate.sign(this.#own.privateKey, md.sha256.create());
    return pki.certificateToPem(certificate);
  }
}

/**
 * The forms in which the same private key may be written.
 * @param pem The key, as PKCS#8.
 */
export function formsOf(pem: string): { pkcs1: string; der: Buffer; encrypted: string } {
  const key = createPrivateKey(pem);
  return {
    pkcs1: key.export({ type: "pkcs1", format: "pem" }).toString(),
    der: key.export({ type: "pkcs8", format: "der" }),
    encrypted: key.export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "long" }).toString(),
  };
}

// Node makes RSA keys in a fraction of the time.
function newKeys(): { privateKey: pki.rsa.PrivateKey; publicKey: pki.rsa.PublicKey; pem: string } {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const own = pki.privateKeyFromPem(pem);
  return { privateKey: own, publicKey: pki.setRsaPublicKey(own.n, own.e), pem };
}

function newSerialNumber(): string {
  return `01${util.bytesToHex(random.getBytesSync(15))}`;
}

/** A certificate with an EC key that signs itself, for 127.0.0.1, localhost and rhombus.example, until 2126. Made with OpenSSL 3. */
export const selfSigned: Certified = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgg6sqgC6rfMYXJg78
q5+UsNfC6wv2UWE3A3zYkg5RUvWhRANCAASGgYQeO+L7Kecp5MC3Lelc3snstV0Y
QqF1s6tQmNrNr5PKVciipDg1r3ssxtgFzjCV0najEzgrh9EMR0Bbu7is
-----END PRIVATE KEY-----
`,
  certificate: `-----BEGIN CERTIFICATE-----
MIIBrDCCAVOgAwIBAgIUeWCVICcsbqRNHyLkm/WNwSmqzTAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjA1NTU0MloYDzIxMjYxMDI5
MDU1NTQyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAASGgYQeO+L7Kecp5MC3Lelc3snstV0YQqF1s6tQmNrNr5PKVciipDg1
r3ssxtgFzjCV0najEzgrh9EMR0Bbu7iso4GAMH4wHQYDVR0OBBYEFGN8MoaIL8lZ
05XFkC+ZNUef+CCLMB8GA1UdIwQYMBaAFGN8MoaIL8lZ05XFkC+ZNUef+CCLMA8G
A1UdEwEB/wQFMAMBAf8wKwYDVR0RBCQwIocEfwAAAYIJbG9jYWxob3N0gg9yaG9t
YnVzLmV4YW1wbGUwCgYIKoZIzj0EAwIDRwAwRAIgIg+SXuVj7X41lPLP0N/CRzdO
ppLhj+9HPRA7MW1fXN4CIF0T8Wo/9NB5VE3ge5v284U4bALoeTsNxVNROvd8sLxH
-----END CERTIFICATE-----
`,
};
