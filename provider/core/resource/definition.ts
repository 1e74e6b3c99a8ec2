import type { CheckReport, Fields, InputsOf } from "../schema/field";
import { containsUnknown, isValueMap, type Value, type Values } from "../schema/values";
import type { Polling } from "./polling";

/** An organization as its key sees it. */
export interface Organization {
  /** Its RUUID. */
  readonly uuid: string;
  /** Its name, for messages. */
  readonly name?: string;
}

/** What the core itself needs to know of the API behind a definition. */
export interface Connection {
  /** The organization that the settings say it must be, if they say so. */
  readonly expectedOrganization: string | undefined;
  /** The organization that the key opens; `undefined` where the key may not ask. Learned once in a process. */
  organization(): Promise<Organization | undefined>;
  /**
   * What became of a call that failed: `"refused"`, nothing was changed; `"unknown"`, it may have been carried out.
   * `undefined` when the error is not one of a call.
   */
  outcomeOf(error: unknown): "refused" | "unknown" | undefined;
  /** Whether a call that failed may be carried out yet, because only the waiting for its answer has ended. */
  mayComeLate(error: unknown): boolean;
  /** Whether a call failed because the API does not know the object that it names. */
  isUnknownObject(error: unknown): boolean;
  /** Whether a read failed because its answer shows nothing, and does not prove that there is nothing. */
  isSilent(error: unknown): boolean;
  /** The retry policy for one call that its caller repeats, after a look at what became of it. */
  retries(): Retries;
}

/** The failed attempts of one call. */
export interface Retries {
  /**
   * Counts a failed attempt. Logs a pause that the API asks for.
   * @param error The error of the attempt.
   * @returns The pause before the next attempt, in milliseconds; `undefined` if there must not be one.
   */
  pauseAfter(error: unknown): number | undefined;
}

/** A remote object as it was read or answered. */
export interface Observed<Raw = unknown> {
  /** Its Pulumi id. */
  readonly id: string;
  /** The organization it belongs to, where the API says so. */
  readonly orgUuid?: string;
  /** Its properties under the names of the fields. */
  readonly values: Values;
  /** Its outputs, without those that this reading does not show. */
  readonly outputs: Values;
  /** What the definition needs to write it back. */
  readonly raw: Raw;
  /** The values are what was sent, as the answer did not show them: a read has to. Default false. */
  readonly unseen?: boolean;
}

/** Which objects to look for: one id, one natural key, or all of the organization. */
export type Query = { readonly id: string } | { readonly key: string } | "all";

/** How to look. */
export interface FindOptions {
  /** From a read that starts after this call; otherwise a shared listing of up to 60 s ago serves. */
  readonly fresh: boolean;
  /** The fields somebody wants to see; the others need not be fetched. */
  readonly fields: ReadonlySet<string>;
  /** The inputs and outputs that the state holds; before there is a state, the declared inputs. */
  readonly prior: Values;
  /** Present where the object was just removed: then any operation that would show it counts. */
  readonly removed?: {
    /** What the program declares in its place; empty where nothing. */
    readonly successor: Values;
  };
}

/** What `make` learned, and what it had to know. */
export interface Making<Raw = unknown> {
  /** All objects of this type that the organization had, read just before; empty for a definition without `restore`. */
  readonly before: readonly Observed<Raw>[];
  /** Warns the user. */
  warn(message: string): void;
  /**
   * To be called before a creation that was refused is sent in another form: looks whether it was carried out all the same,
   * and throws where it was, or where nobody can look.
   * @param refusal What Rhombus said.
   */
  believe(refusal: unknown): Promise<void>;
}

/** One write. */
export interface Writing<Raw = unknown, Inputs = InputsOf<Fields>> {
  /** The object as last observed. */
  readonly observed: Observed<Raw>;
  /** Every field as it is to be: declared ones as declared, the others as they are. */
  readonly desired: Inputs;
  /** The names of the fields that have to change. It may be empty when only answers are wanted. */
  readonly changed: ReadonlySet<string>;
  /** 1, or 2 for the other form that the vendor's documentation allows. */
  readonly attempt: 1 | 2;
  /** The inputs and outputs that the state held. */
  readonly prior: Values;
  /** Warns the user. */
  warn(message: string): void;
  /**
   * To be called after each call that the API carried out, so that a failure of a later one loses nothing.
   * @param outputs What the answer showed.
   */
  wrote(outputs?: Values): void;
  /**
   * Makes a call that overwrites a whole object. Such a call must not be repeated as it is, because it could undo what
   * others do meanwhile: after a delay or a lost answer the object is read, and the call is made again from that reading.
   * The write of a singleton makes its calls in this way.
   * @param fields The names of the fields that the call writes. It was carried out if they have the desired values.
   * @param call Makes the call.
   * @returns The object, if a read has shown that a call without an answer was carried out.
   */
  resend(
    fields: readonly string[],
    call: (latest: Latest<Raw, Inputs>) => Promise<unknown>,
  ): Promise<Observed<Raw> | undefined>;
}

/** The content of a call: the latest reading, and the desired values. */
export type Latest<Raw = unknown, Inputs = InputsOf<Fields>> = Pick<Writing<Raw, Inputs>, "observed" | "desired">;

/** What is to be removed. */
export interface Removing {
  /** The Pulumi id. */
  readonly id: string;
  /** The inputs and outputs that the state holds. */
  readonly prior: Values;
  /** Warns the user. */
  warn(message: string): void;
}

/** The natural key of an object: what must be unique in an organization, before there is an id. */
export interface NaturalKey {
  /** For comparing. */
  readonly value: string;
  /** For people, such as `the group "Engineering"`. */
  readonly label: string;
}

/** The words for an object in the output of commands. */
export interface Display {
  /** The kind of object, such as `group`. */
  readonly noun: string;
  /** The field that holds the object's name. Absent for a singleton, which has no name. */
  readonly name?: string;
}

/** A listing of the API. */
export interface Readable {
  /** Reads the listing. Rejects if the key may not read it, or if the answer may be incomplete. */
  fresh(): Promise<readonly unknown[]>;
}

/** The members that all definitions have. */
interface DefinitionBase<Api extends Connection, F extends Fields, Raw> {
  /** The type name, such as `AccessControlGroup`. Part of every saved state. */
  readonly type: string;
  /** The inputs. */
  readonly fields: F;
  /** The outputs. */
  readonly outputs: Fields;
  /** The words for an object in the output of commands. */
  readonly display: Display;
  /** The place where a person finds the id of an existing object, as a sentence. */
  readonly idSource: string;
  /** Tests the format of an id. A text of another format may be a secret that was given by mistake. */
  isId(text: string): boolean;
  /** The consequence of the object's loss, as a sentence. Absent: the next `pulumi up` restores everything. */
  readonly goneAdvice?: string;
  /** Sentences by field, for the message that Rhombus did not accept a value. */
  readonly advice?: Readonly<Record<string, string>>;
  /** Reports mistakes that involve several fields. Unknown values are passed as they are. */
  validate?(inputs: Values, report: CheckReport): void;
  /** The natural key of an object with these inputs. It is made of texts and numbers, never of a map or a set. */
  key(inputs: InputsOf<F>): NaturalKey;
  /** The listing that shows the objects. A key that may not read it cannot manage this resource. */
  listing(api: Api): Readable;
  /** Reads objects. An object that is not in the result does not exist; rejects if no answer proves that. */
  find(api: Api, query: Query, options: FindOptions): Promise<readonly Observed<Raw>[]>;
  /** Inputs under which `find` shows objects that it does not show otherwise, such as those of an older API version. Default: none. */
  readonly variants?: readonly Values[];
  /** The reason why no object can be created from these inputs, as the rest of a sentence; `undefined` if it can. Absent: it always can. */
  cannotCreate?(inputs: InputsOf<F>): string | undefined;
  /** Puts back what an ambiguous `make` may have changed on an object that existed before. */
  restore?(api: Api, before: Observed<Raw>, polling: Polling): Promise<void>;
  /**
   * Restores an existing object that the API changed when it was asked to create one. Absent where a creation never changes
   * another object.
   */
  restore?(api: Api, before: Observed<Raw>): Promise<void>;
  /** Tries a new vendor key before anything is written, and throws when the vendor refuses it. */
  verifyCredential?(api: Api, inputs: InputsOf<F>, changed: ReadonlySet<string>): Promise<void>;
  /**
   * Looks up, after a write, newly declared ids in the lists of another vendor. An error of this call is ignored.
   * @param inputs The declared inputs.
   * @param base The prior inputs.
   * @returns A warning; `undefined` if the vendor lists all of them, or if its answer proves nothing.
   */
  vendorWarning?(api: Api, inputs: InputsOf<F>, base: InputsOf<F>): Promise<string | undefined>;
  /** Names of the outputs that are missing and that the answer of a write would bring. */
  missingOutputs?(outputs: Values): readonly string[];
  /** Writes. It may answer with what it then saw; otherwise the core reads afresh. */
  write(api: Api, writing: Writing<Raw, InputsOf<F>>): Promise<Observed<Raw> | undefined>;
  /** Removes. What is gone already is no error, where the API tells it. */
  remove(api: Api, removing: Removing): Promise<void>;
  /**
   * What is locked while an object is made, changed or removed: the object, or what it shares with others. `undefined`
   * where nothing is shared.
   */
  lock(id: string | undefined): string | undefined;
}

/** A resource of which an organization can have many objects. */
export interface Collection<Api extends Connection = Connection, F extends Fields = Fields, Raw = unknown>
  extends DefinitionBase<Api, F, Raw> {
  /** Tells the two shapes of a definition apart. */
  readonly shape: "collection";
  /** The id that a text in the input `adopt` stands for. Absent: `adopt` is true or false. */
  adoptedId?(adopt: string): string;
  /** Creates an object. */
  make(api: Api, inputs: InputsOf<F>, making: Making<Raw>): Promise<Observed<Raw>>;
}

/** A resource of which an organization has one object at most, under a fixed id. Its first write creates it. */
export interface Singleton<Api extends Connection = Connection, F extends Fields = Fields, Raw = unknown>
  extends DefinitionBase<Api, F, Raw> {
  /** Tells the two shapes of a definition apart. */
  readonly shape: "singleton";
  /** The object before its first write. */
  initial(inputs: InputsOf<F>): Observed<Raw>;
}

/** The definition of a resource: all that is peculiar to it. */
export type Definition<Api extends Connection = Connection, F extends Fields = Fields, Raw = unknown> =
  | Collection<Api, F, Raw>
  | Singleton<Api, F, Raw>;

/**
 * Checks a definition's type, and infers the types of its inputs.
 * @param definition The definition.
 */
export function defineResource<Api extends Connection, F extends Fields, Raw>(
  definition: Definition<Api, F, Raw>,
): Definition<Api, F, Raw> {
  return definition;
}

/**
 * The checked inputs in the types of their fields. `check` has proved each of them.
 * @param values Checked inputs.
 */
export function inputsOf<F extends Fields = Fields>(values: Values): InputsOf<F> {
  const typed: { [K in keyof F]?: Value } = values;
  return typed as InputsOf<F>;
}

/**
 * The natural key of an object. What is not known yet, or what no check has seen, does not count.
 * @param definition The resource.
 * @param values Its inputs, its state, or what was observed of it.
 */
export function keyOf(definition: Pick<Definition, "fields" | "key">, values: Values): NaturalKey {
  const sound = Object.entries(definition.fields).flatMap(([name, field]): [string, Value][] => {
    const given = values[name];
    if (Array.isArray(given) || isValueMap(given)) return [];
    const value = field.canonical(given);
    return value === undefined || containsUnknown(value) ? [] : [[name, value]];
  });
  return definition.key(inputsOf(Object.fromEntries(sound)));
}
