/** True if a text is a uuid of 36 characters. The Rhombus API is not documented to accept this form. */
export function isUuid(text: string): boolean {
  return load().validate(text);
}

/**
 * The 16 bytes of a uuid.
 * @throws TypeError unless `isUuid`.
 */
export function bytesOf(uuid: string): Uint8Array {
  return load().parse(uuid);
}

/** The version 5 uuid of a name in a namespace, which is also a uuid. It depends on the two only. */
export function uuidOfName(name: string, namespace: string): string {
  return load().v5(name, namespace);
}

/** Loaded on demand: few processes need the package, and it is a third of the load time. */
function load(): typeof import("uuid") {
  return require("uuid");
}
