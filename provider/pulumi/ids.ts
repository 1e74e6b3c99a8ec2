import * as pulumi from "@pulumi/pulumi";

/** What tells an id of a resource from any other text. */
export interface Identified {
  /** The type name, such as `AccessControlGroup`. */
  readonly type: string;
  /** Where a person finds the id of an existing object. */
  readonly idSource: string;
  /** Whether a text has the form of an id. */
  isId(text: string): boolean;
}

/**
 * An id that a program gives, once it is known to be one. Pulumi stores and prints ids in clear.
 * @param identified The resource.
 * @param id The id.
 * @throws RunError at once where a text is no id; otherwise the output fails where it is none, or is a secret.
 */
export function checkedId(identified: Identified, id: pulumi.Input<pulumi.ID>): pulumi.Input<pulumi.ID> {
  const checked = (known: unknown): pulumi.ID => {
    if (typeof known === "string" && identified.isId(known)) return known;
    throw new pulumi.RunError(foreignId(identified, known));
  };
  if (typeof id === "string") return checked(id);
  const given = pulumi.output(id);
  const open = pulumi.isSecret(given).then((isSecret) => {
    if (isSecret) throw new pulumi.RunError(secretId(identified));
    return given;
  });
  return pulumi.output(open).apply(checked);
}

/**
 * The id that a program gives to `get`. Without one, Pulumi would create an object.
 * @param identified The resource.
 * @param id The id.
 * @throws RunError where there is none.
 */
export function givenId(
  identified: Identified,
  id: pulumi.Input<pulumi.ID> | null | undefined,
): pulumi.Input<pulumi.ID> {
  if (id !== undefined && id !== null) return id;
  throw new pulumi.RunError(`No id is given to ${identified.type}.get: it is ${id}. ${identified.idSource}`);
}

/**
 * Why a text is no id, without the text: people give a token for an id, and what may be a secret must not show.
 * @param identified The resource.
 * @param id What was given.
 */
export function foreignId({ type, idSource }: Identified, id: unknown): string {
  const length =
    typeof id === "string" ? `a text of ${id.length} ${id.length === 1 ? "character" : "characters"}` : typeof id;
  return `The id given for ${type} (${length}, not shown because it may be a secret) does not have the form of one. ${idSource}`;
}

function secretId({ type, idSource }: Identified): string {
  return `The id given for ${type} is a secret, and Pulumi stores and prints ids in clear: a token is not an id. ${idSource}`;
}
