import type { CheckReport, Fields, InputsOf } from "../schema/field";
import { containsUnknown, isValueMap, type Value, type Values } from "../schema/values";
import type { Uses } from "./uses";

/** The organization of an API key. */
export interface Organization {
  /** The RUUID. */
  readonly uuid: string;
  /** The name, for messages. Absent if the API does not show it. */
  readonly name?: string;
}

/** The part of an API that the core uses itself. Definitions use the whole API. */
export interface Connection {
  /** The organization that the settings require; `undefined` if they require none. */
  readonly expectedOrganization: string | undefined;
  /** The remedy for an object of another organization than expected, in sentences: the settings to check, and their origins. */
  readonly organizationRemedy: string;
  /** The organization of the API key; `undefined` if the API key may not read it. Read once per process. */
  organization(): Promise<Organization | undefined>;
  /**
   * The outcome of a failed call. `"refused"`: nothing was changed. `"unknown"`: the call may have been carried out.
   * `undefined`: the error is not one of a call.
   */
  outcomeOf(error: unknown): "refused" | "unknown" | undefined;
  /** True if the API may still carry out a failed call, because only the wait for its answer has ended. */
  mayBeCarriedOutLate(error: unknown): boolean;
  /** True if a call failed because the object that it names does not exist. */
  isUnknownObject(error: unknown): boolean;
  /** True if a read failed because its answer is silent: it shows no object and does not prove that none exists. */
  isSilent(error: unknown): boolean;
  /**
   * The retry policy for one call that its caller repeats, after checking whether it was carried out. `pauseAfter` counts a failed
   * attempt and returns the pause before the next one, in milliseconds; `undefined` if there must not be one.
   */
  retries(): { pauseAfter(error: unknown): number | undefined };
}

/** A remote object as a read or the answer of a write shows it. */
export interface Observed<Raw = unknown> {
  /** The Pulumi id. */
  readonly id: string;
  /** The organization of the object. Absent if the API does not show it. */
  readonly orgUuid?: string;
  /** The properties by field name. */
  readonly values: Values;
  /** The outputs. Those that the answer does not show are left out. */
  readonly outputs: Values;
  /** The object in the form of the API, for the definition. */
  readonly raw: Raw;
  /** The values were sent, not observed, because the answer does not show them; a read must follow. Default: false. */
  readonly isUnverified?: boolean;
}

/**
 * The origin of an object that an operation handles. `"created"`: the operation created it. `"initial"`: its first write
 * creates it, as for a singleton. `"existing"`: it existed before.
 */
export type Origin = "created" | "initial" | "existing";

/** A query for the object with an id, the objects with a natural key, or all objects of the organization. */
export type Query = { readonly id: string } | { readonly key: string } | "all";

/** Options of a read. */
export interface FindOptions {
  /** Requires a read that starts after this call. Otherwise a shared listing that is up to 60 s old is used. */
  readonly fresh: boolean;
  /** The names of the fields to read. Others may be missing from the result. */
  readonly fields: ReadonlySet<string>;
  /** The inputs and outputs in the state; before there is a state, the declared inputs. */
  readonly prior: Values;
  /** Present if the object was just removed. Then each operation that could show it counts as evidence. */
  readonly removed?: {
    /** The inputs that the program declares in its place; empty if there are none. */
    readonly successor: Values;
  };
}

/** The context of a creation. */
export interface CreateContext<Raw = unknown> {
  /** All objects of this type that the organization had, read just before; empty for a definition without `restore`. */
  readonly before: readonly Observed<Raw>[];
  /** Warns the user. */
  warn(message: string): void;
  /**
   * Confirms by a read that a refused creation created nothing, before it is sent in another form.
   * @param refusal The error of the creation.
   * @throws LifecycleError if an object was created, or if no read can show that.
   */
  confirmNothingCreated(refusal: unknown): Promise<void>;
}

/** The form of a removal in a request. `"omit"` leaves out what is to be removed; `"explicit"` sends null or an empty value for it. */
export type Removal = "omit" | "explicit";

/** The context of a write. */
export interface WriteContext<Raw = unknown, Inputs = InputsOf<Fields>> {
  /** The last observed form of the object. */
  readonly observed: Observed<Raw>;
  /** The desired value of every field. That of a field that is not declared is the observed value. */
  readonly desired: Inputs;
  /** The inputs that the program declares. */
  readonly declared: Inputs;
  /** The names of the fields to change. Empty if the write is only for the outputs of its answer. */
  readonly changed: ReadonlySet<string>;
  /** The form in which the request removes values. The second one is used if a read shows that the first one did not remove them. */
  readonly removal: Removal;
  /** The inputs and outputs in the state. */
  readonly prior: Values;
  /** False for an object that is new to the state, such as an adopted one. */
  readonly isInState: boolean;
  /** Warns the user. */
  warn(message: string): void;
  /** Reports a call that was carried out, with the outputs in its answer, so that the failure of a later one loses nothing. */
  reportWrite(outputs?: Values): void;
  /**
   * Makes a call that overwrites a whole object. Such a call must not be repeated unchanged, because it could undo
   * changes made outside Pulumi in the meantime: after a delay or a lost answer the object is read, and the call is made again from that reading.
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
export type Latest<Raw = unknown, Inputs = InputsOf<Fields>> = Pick<WriteContext<Raw, Inputs>, "observed" | "desired">;

/** The context of a removal. */
export interface RemoveContext {
  /** The Pulumi id. */
  readonly id: string;
  /** The inputs and outputs in the state. */
  readonly prior: Values;
  /** Warns the user. */
  warn(message: string): void;
}

/** The natural key of an object, such as its name: unique in an organization, and known before there is an id. */
export interface NaturalKey {
  /** The form for comparisons. */
  readonly value: string;
  /** The label of the object, such as `the access control group "Engineering"`. */
  readonly label: string;
}

/** The terms for an object in the output of commands. */
export interface Display<Name extends PropertyKey = string> {
  /** The kind of object, such as `group`. */
  readonly noun: string;
  /**
   * The field that holds the object's name. If a program leaves the field out, the resource class sends the resource's name.
   * Absent for a singleton, which has no name.
   */
  readonly name?: Name;
}

/** A listing of the API. */
export interface Readable {
  /** Reads the listing. Rejects if the API key may not read it, or if the answer may be incomplete. */
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
  /** The terms for an object in the output of commands. */
  readonly display: Display<keyof F & string>;
  /** The place where a person finds the id of an existing object, as a sentence. */
  readonly idSource: string;
  /** The rights of which writing may need one. Inferred from their names: Rhombus does not publish which right an operation needs. */
  readonly rightsToWrite: readonly string[];
  /** Tests the format of an id. A text of another format may be a secret that was given by mistake. */
  isId(text: string): boolean;
  /**
   * A replacement creates the new object before it deletes the old one, so that nobody loses access if one half fails. With an
   * unchanged natural key it fails, before anything is changed. Absent: the old object is deleted first, which frees its natural key.
   */
  readonly createsReplacementFirst?: true;
  /** The consequence of the object's loss, as the rest of a sentence. Absent: the next `pulumi up` restores everything. */
  readonly lossConsequence?: string;
  /** A remedy by field, as a sentence, for the message that Rhombus did not accept a value. Default: none. */
  readonly remedies?: Readonly<Record<string, string>>;
  /** Reports mistakes that involve several fields, in the inputs as the program writes them. Unknown values are passed as they are. */
  validate?(inputs: Values, report: CheckReport): void;
  /** The natural key of an object with these inputs. It is made of texts and numbers, never of a map or a set. */
  key(inputs: InputsOf<F>): NaturalKey;
  /** The listing that shows the objects. An API key that may not read it cannot manage this resource. */
  listing(api: Api): Readable;
  /** Reads objects. An object that is not in the result does not exist; rejects if no answer proves that. */
  find(api: Api, query: Query, options: FindOptions): Promise<readonly Observed<Raw>[]>;
  /** Inputs under which `find` shows objects that it does not show otherwise, such as those of an older API version. Default: none. */
  readonly variants?: readonly Values[];
  /** The reason why no object can be created from these inputs, as the rest of a sentence; `undefined` if it can. Absent: it always can. */
  cannotCreate?(inputs: InputsOf<F>): string | undefined;
  /**
   * Restores an existing object that the API changed when it was asked to create one. Absent where a creation never changes
   * another object.
   */
  restore?(api: Api, before: Observed<Raw>): Promise<void>;
  /** Verifies a changed vendor key before anything is written. Rejects if the badge vendor refuses it. Absent: there is no vendor key. */
  verifyCredential?(api: Api, inputs: InputsOf<F>, changed: ReadonlySet<string>): Promise<void>;
  /**
   * Looks up, after a write, newly declared ids in the lists of the badge vendor. An error of this call is ignored.
   * @param inputs The declared inputs.
   * @param prior The prior inputs.
   * @returns A warning; `undefined` if the badge vendor lists all of them, or if its answer is silent.
   */
  vendorWarning?(api: Api, inputs: InputsOf<F>, prior: InputsOf<F>): Promise<string | undefined>;
  /** The names of missing outputs that only the answer of a write shows. Absent: there are none. */
  missingOutputs?(outputs: Values): readonly string[];
  /** Reads, with calls that start now, what uses the object with this id. It is not deleted then. Absent: nothing ever does. */
  usesOf?(api: Api, id: string): Promise<Uses>;
  /** Removes the object. It is no error if the object does not exist. */
  remove(api: Api, context: RemoveContext): Promise<void>;
  /**
   * The name of the lock that is held while an object is created, changed or removed: that of the object, or of the settings that it
   * shares with others. `undefined`: no lock is needed.
   */
  lockName(id: string | undefined): string | undefined;
}

/** A resource of which an organization can have many objects. */
export interface Collection<Api extends Connection = Connection, F extends Fields = Fields, Raw = unknown>
  extends DefinitionBase<Api, F, Raw> {
  /** Tells the two shapes of a definition apart. */
  readonly shape: "collection";
  /** The id that a text in the input `adopt` stands for. Absent: `adopt` is true or false. */
  adoptedId?(adopt: string): string;
  /**
   * Creates an object. Returns the object, or `undefined` if the answer does not prove that it was created: then the core looks
   * for its natural key, and fails if no read shows it.
   */
  create(api: Api, inputs: InputsOf<F>, context: CreateContext<Raw>): Promise<Observed<Raw> | undefined>;
  /**
   * Writes the changed fields. Returns the object if the answer shows it; otherwise the core reads it. Absent if every field
   * forces replacement.
   */
  write?(api: Api, context: WriteContext<Raw, InputsOf<F>>): Promise<Observed<Raw> | undefined>;
}

/** A resource of which an organization has one object at most, under a fixed id. Its first write creates it. */
export interface Singleton<Api extends Connection = Connection, F extends Fields = Fields, Raw = unknown>
  extends DefinitionBase<Api, F, Raw> {
  /** Tells the two shapes of a definition apart. */
  readonly shape: "singleton";
  /** The object before its first write. */
  initial(inputs: InputsOf<F>): Observed<Raw>;
  /** Writes the changed fields. Returns the object if the answer shows it; otherwise the core reads it. */
  write(api: Api, context: WriteContext<Raw, InputsOf<F>>): Promise<Observed<Raw> | undefined>;
}

/** The definition of a resource: everything specific to it. */
export type Definition<Api extends Connection = Connection, F extends Fields = Fields, Raw = unknown> =
  | Collection<Api, F, Raw>
  | Singleton<Api, F, Raw>;

/**
 * Infers the types of a definition.
 * @param definition The definition.
 */
export function defineResource<Api extends Connection, F extends Fields, Raw>(
  definition: Definition<Api, F, Raw>,
): Definition<Api, F, Raw> {
  return definition;
}

/**
 * Types inputs by their fields.
 * @param values The inputs. They must have passed `check`.
 */
export function inputsOf<F extends Fields = Fields>(values: Values): InputsOf<F> {
  const typed: { [K in keyof F]?: Value } = values;
  return typed as InputsOf<F>;
}

/**
 * The natural key of an object. Unknown and mistyped values count as missing.
 * @param definition The definition.
 * @param values The inputs, the state or the observed values.
 */
export function keyOf(definition: Pick<Definition, "fields" | "key">, values: Values): NaturalKey {
  const typed = Object.entries(definition.fields).flatMap(([name, field]): [string, Value][] => {
    const given = values[name];
    if (Array.isArray(given) || isValueMap(given)) return [];
    const value = field.canonical(given);
    return value === undefined || containsUnknown(value) ? [] : [[name, value]];
  });
  return definition.key(inputsOf(Object.fromEntries(typed)));
}
