import { parse, stringify, v4 } from "uuid";

/**
 * Makes a new RUUID, the form of an id at Rhombus: the 16 bytes of a random UUID in unpadded url-safe base64, 22
 * characters.
 */
export function newRuuid(): string {
  return ruuidFromUuid(v4());
}

/**
 * Writes a UUID as an RUUID, most significant byte first. Throws a TypeError if `uuid` is not one.
 */
export function ruuidFromUuid(uuid: string): string {
  return Buffer.from(parse(uuid)).toString("base64url");
}

/**
 * Writes an RUUID as a canonical 36-character UUID. Throws a TypeError if `ruuid` is not well formed.
 */
export function uuidFromRuuid(ruuid: string): string {
  if (!isRuuid(ruuid)) throw new TypeError("Not an RUUID: it has to be 22 url-safe base64 characters of 16 bytes.");
  return stringify(Buffer.from(ruuid, "base64url"));
}

/**
 * True if a text is a well-formed RUUID. Its last character carries only two bits, so it is `A`, `Q`, `g` or `w`.
 */
export function isRuuid(text: string): boolean {
  return /^[A-Za-z0-9_-]{21}[AQgw]$/.test(text);
}
