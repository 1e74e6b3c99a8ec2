import { bytesOf } from "./uuid";

const ruuidForm = /^[A-Za-z0-9_-]{21}[AQgw]$/;

/**
 * Whether a text is an RUUID, the form in which Rhombus writes every uuid: the 16 bytes in URL-safe base64 without padding, 22 characters.
 * The last character carries two bits only, so a well-formed one ends in `A`, `Q`, `g` or `w`.
 */
export function isRuuid(text: string): boolean {
  return ruuidForm.test(text);
}

/**
 * The RUUID of a uuid in its usual form: `635bc4e5-b5eb-42fa-a680-c20506a36d10` gives `Y1vE5bXrQvqmgMIFBqNtEA`.
 * Most significant byte first, which no Rhombus source states and all of them suggest. Throws a `TypeError` where `isUuid` is false.
 */
export function ruuidFromUuid(uuid: string): string {
  return Buffer.from(bytesOf(uuid)).toString("base64url");
}
