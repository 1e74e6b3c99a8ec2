import { bytesOf } from "./uuid";

const ruuidForm = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/**
 * True if a text is an RUUID, the form of all uuids in the API: the 16 bytes in URL-safe base64 without padding, 22 characters.
 * The last character has two significant bits, so it is `A`, `Q`, `g` or `w`.
 */
export function isRuuid(text: string): boolean {
  return ruuidForm.test(text);
}

/**
 * The RUUID of a uuid: `635bc4e5-b5eb-42fa-a680-c20506a36d10` gives `Y1vE5bXrQvqmgMIFBqNtEA`. The byte order (most significant first) is
 * not documented, but all examples of Rhombus have it.
 * @throws TypeError unless `isUuid`.
 */
export function ruuidFromUuid(uuid: string): string {
  return Buffer.from(bytesOf(uuid)).toString("base64url");
}
