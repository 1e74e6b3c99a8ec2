import { createHash } from "node:crypto";

/*
 * Written here because loading a package for it takes a program and each provider's process longer than all the rest of this one.
 */

const uuidForm =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|(?:0{8}(?:-0{4}){3}-0{12})|(?:f{8}(?:-f{4}){3}-f{12}))$/i;

/** Whether a text is a uuid in the usual form of 36 characters, which the Rhombus API is not known to accept. */
export function isUuid(text: string): boolean {
  return uuidForm.test(text);
}

/** The 16 bytes of a uuid. Throws a `TypeError` where `isUuid` is false. */
export function bytesOf(uuid: string): Buffer {
  if (!isUuid(uuid)) throw new TypeError("That is no uuid.");
  return Buffer.from(uuid.replaceAll("-", ""), "hex");
}

/** The uuid of a name in a namespace, which is a uuid itself: version 5 of RFC 9562, the same for the same name for ever. */
export function uuidOfName(name: string, namespace: string): string {
  const bytes = createHash("sha1").update(bytesOf(namespace)).update(name, "utf8").digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x50, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
