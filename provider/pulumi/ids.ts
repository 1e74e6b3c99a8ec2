import * as pulumi from "@pulumi/pulumi";
import type { Definition } from "../core/resource/definition";

/** The format of a resource's ids. */
export type IdFormat = Pick<Definition, "type" | "idSource" | "isId">;

/**
 * Checks an id that a program gives. Pulumi stores and prints ids unencrypted, so a secret must not be one.
 * @param format The format of the resource's ids.
 * @param id The id.
 * @returns The id. As an output, it fails if its value has another format or is a secret.
 * @throws RunError at once if a plain text has another format.
 */
export function checkedId(format: IdFormat, id: pulumi.Input<pulumi.ID>): pulumi.Input<pulumi.ID> {
  const checked = (value: unknown): pulumi.ID => {
    if (typeof value === "string" && format.isId(value)) return value;
    throw new pulumi.RunError(invalidIdText(format, value));
  };
  if (typeof id === "string") return checked(id);
  const given = pulumi.output(id);
  const open = pulumi.isSecret(given).then((isSecret) => {
    if (isSecret) throw new pulumi.RunError(secretId(format));
    return given;
  });
  return pulumi.output(open).apply(checked);
}

/**
 * Refuses a missing id in a call of `get`. Without an id, Pulumi would create an object.
 * @param format The format of the resource's ids.
 * @param id The id.
 * @throws RunError if the id is missing.
 */
export function givenId(format: IdFormat, id: pulumi.Input<pulumi.ID> | null | undefined): pulumi.Input<pulumi.ID> {
  if (id !== undefined && id !== null) return id;
  throw new pulumi.RunError(`${format.type}.get was called without an id (${id}). ${format.idSource}`);
}

/**
 * The message for a value that does not have the format of an id. It does not quote the value, which may be a token.
 * @param format The format of the resource's ids.
 * @param id The value.
 */
export function invalidIdText({ type, idSource }: IdFormat, id: unknown): string {
  const length =
    typeof id === "string" ? `a text of ${id.length} ${id.length === 1 ? "character" : "characters"}` : typeof id;
  return `The id given for ${type} (${length}, not shown because it may be a secret) is not a valid id. ${idSource}`;
}

function secretId({ type, idSource }: IdFormat): string {
  return `The id given for ${type} is a secret, and Pulumi stores and prints ids in plain text: a token is not an id. ${idSource}`;
}
