/** Whether a text is a uuid in the usual form of 36 characters, which the Rhombus API is not known to accept. */
export function isUuid(text: string): boolean {
  return load().validate(text);
}

/** The 16 bytes of a uuid. Throws a `TypeError` where `isUuid` is false. */
export function bytesOf(uuid: string): Uint8Array {
  return load().parse(uuid);
}

/** The uuid of a name in a namespace, which is a uuid itself: version 5, the same for the same name for ever. */
export function uuidOfName(name: string, namespace: string): string {
  return load().v5(name, namespace);
}

/** The package takes a third of what this one takes to load, in programs and provider processes of which few need it. */
function load(): typeof import("uuid") {
  return require("uuid");
}
