/**
 * A key for maps: an id or a natural key together with its type.
 * @param type The resource's type.
 * @param what The id or the natural key.
 */
export function mapKey(type: string, what: string): string {
  return `${type} ${what}`;
}
