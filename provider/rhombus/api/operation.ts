import type { Schema } from "./schemas/schema";

/** The list in an answer. It shows everything there is only if it is present and each item has an id. */
export interface AnsweredList<Request, Answer, Item> {
  /** The key of the list in the answer, for messages. */
  readonly key: string;
  /** The list as it was answered. */
  items(answer: Answer): readonly (Item | null)[] | null | undefined;
  /** The id of an item. An item without one makes the list incomplete. */
  idOf(item: Item, request: Request): string | number | null | undefined;
  /** The request for all items. Absent: `{}`. */
  readonly all?: Request;
  /** The request for the page after an answer; `undefined` if it is the last one. Absent: an answer has all items. */
  nextPage?(answer: Answer): Request | undefined;
  /** True if resources manage the items: the error of an incomplete list says what to do if one is certainly gone. Absent: false. */
  readonly hasManagedItems?: true;
}

/** A request without fields; `{}` is sent. */
export type NoFields = Record<string, never>;

/** The facts about one operation of the API. They stand here and nowhere else. All operations are POST. */
export interface Operation<Request, Answer, Item = unknown> {
  /** The path of the service below the endpoint; the operation's name follows it. */
  readonly service: string;
  /** True if the call changes anything. A failed read never leaves the outcome unknown. */
  readonly writes: boolean;
  /** True if the call may be repeated although it may have been carried out; a function if that depends on the request. */
  readonly idempotent: boolean | ((request: Request) => boolean);
  /** True if the call overwrites a whole object that was just read: it is not repeated without another read. Absent: false. */
  readonly writesWhole?: true;
  /** `client`: about one organization. `partner`: about a partner, and sent without `x-auth-org`. */
  readonly level: "client" | "partner";
  /** True if the answer grows with the organization. Absent: false. See {@link largestAnswerMiB}. */
  readonly isListing?: true;
  /** The input with the badge vendor's key that an `authError` in the answer is about; absent if there is none. */
  readonly vendorKey?: "apiToken" | "apiSecretKey";
  /** The reason why a request must not be sent; `undefined` if it may be sent. Absent: all may be sent. */
  readonly refuse?: (request: Request) => string | undefined;
  /** Carries the type of the request; its value is always `undefined`. Absent: the request has no fields. */
  readonly request?: Request | undefined;
  /** The schema of the answer. It requires the fields without which the answer is useless. */
  readonly answer: Schema<Answer>;
  /** The list in the answer; absent if there is none whose completeness matters. */
  readonly list?: AnsweredList<Request, Answer, Item>;
  /** The key of the settings of an integration in the answer; absent if there are none. They prove the integration unless they have defaults only. */
  readonly settings?: string;
}

/** The type of an operation's request. */
function body<Request>(): { readonly request: Request | undefined } {
  return { request: undefined };
}

/** A read. */
export function read<Request = NoFields>() {
  return { ...body<Request>(), writes: false, idempotent: true, level: "client" } as const;
}

/** A write that names its object: repeating it has the same effect. */
export function write<Request = NoFields>() {
  return { ...body<Request>(), writes: true, idempotent: true, level: "client" } as const;
}

/** A write that makes an object. */
export function create<Request = NoFields>() {
  return { ...write<Request>(), idempotent: false } as const;
}

/** A write of a whole object: repeating it may overwrite what was added outside Pulumi, or by the server, since the object was read. */
export function writeWhole<Request = NoFields>() {
  return { ...write<Request>(), idempotent: false, writesWhole: true } as const;
}

/** An answer that grows with the organization. */
export const listing = { isListing: true } as const;

/** A read whose answer is a list. */
export function listed<Answer, Item, Request = never>(
  answer: Schema<Answer>,
  list: AnsweredList<Request, Answer, Item>,
) {
  return { ...read(), ...listing, answer, list };
}

type ItemIn<List> = NonNullable<List> extends readonly (infer Item)[] ? NonNullable<Item> : never;

/**
 * A read whose answer has a list.
 * @param answer The schema of the answer.
 * @param key The key of the list.
 * @param id The key of the id in an item.
 * @param more Further facts about the list.
 */
export function listOf<
  Answer,
  Key extends string & keyof Answer,
  Id extends keyof ItemIn<Answer[Key]>,
  Request = never,
>(
  answer: Schema<Answer>,
  key: Key,
  id: Id,
  more: Pick<AnsweredList<Request, Answer, unknown>, "all" | "hasManagedItems"> = {},
) {
  const items = (answered: Answer) => answered[key];
  const idOf = (item: ItemIn<Answer[Key]>) => item[id];
  return { ...read(), ...listing, answer, list: { key, items, idOf, ...more } };
}

/** A read whose answer has the settings of an integration. */
export function settingsRead<Answer, Key extends keyof Answer>(answer: Schema<Answer>, settings: Key) {
  return { ...read(), ...listing, answer, settings };
}
