import type { Run } from "./converge";
import type { Connection, FindOptions, Observed, Query } from "./definition";
import type { Fields } from "./field";
import { readUntil } from "./patience";
import type { Values } from "./values";

/**
 * Finds one object. That it is not there is believed only when fresh reads agree.
 * @param run The resource and the API.
 * @param query Which one.
 * @param options How to look.
 */
export async function findOne<Api extends Connection, F extends Fields, Raw>(
  { definition, api, patience }: Pick<Run<Api, F, Raw>, "definition" | "api" | "patience">,
  query: Query,
  options: FindOptions,
): Promise<Observed<Raw> | undefined> {
  const first = await definition.find(api, query, options);
  const again = () => definition.find(api, query, { ...options, fresh: true });
  const found = await readUntil(patience, first, (list) => list.length === 0, again);
  return found[0];
}

/**
 * Whether an object is gone after a delete that failed. Reads that lag still show what was removed all the same.
 * @param run The resource and the API.
 * @param id Its id.
 * @param known What the state holds of it.
 */
export async function isGone<Api extends Connection, F extends Fields, Raw>(
  run: Pick<Run<Api, F, Raw>, "definition" | "api" | "patience">,
  id: string,
  known: Values,
): Promise<boolean> {
  const look = () => findOne(run, { id }, { known, fields: new Set(), fresh: true });
  return (await readUntil(run.patience, await look(), (found) => found !== undefined, look)) === undefined;
}
