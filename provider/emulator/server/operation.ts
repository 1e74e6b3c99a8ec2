import type { Behaviours } from "../behaviours/behaviours";
import type { SeedPartner } from "../data/seed";
import type { Organization, Store } from "../data/store";
import { type Body, type FieldTable, object, ShapeMismatch } from "./shapes";

/** The caller, as audit events name it. */
export interface Caller {
  /** Name of the user or the partner. */
  readonly name: string;
  /** Id of the user; null for a partner. */
  readonly userUuid: string | null;
  /** True if the caller may only read. */
  readonly readOnly: boolean;
}

/** The context of a call inside one organization. */
export interface Call {
  /** The organization. */
  readonly organization: Organization;
  /** The organizations and badge vendor accounts of the emulator. */
  readonly store: Store;
  /** The behaviours at the moment of the call. */
  readonly behaviours: Behaviours;
  /** The URL of the emulator, without a trailing slash. */
  readonly baseUrl: string;
  /** The caller. */
  readonly caller: Caller;
  /** The moment that reads show, in milliseconds since 1970; undefined for the latest state. */
  readonly asOfMillis: number | undefined;
}

/** The context of a call for all organizations of a partner. */
export interface PartnerCall {
  /** The partner. */
  readonly partner: SeedPartner;
  /** The organizations and badge vendor accounts of the emulator. */
  readonly store: Store;
}

interface OperationOf<Scope extends string, Context, Name extends string> {
  /** Its name: the last part of its path. */
  readonly name: Name;
  /** Its path. */
  readonly path: string;
  /** `organization`: it works inside one organization. `partner`: on all organizations of a partner. */
  readonly scope: Scope;
  /** Its effect. */
  readonly kind: Kind;
  /** The answer when it succeeds and has nothing to show. */
  readonly success: object;
  /** True if the operation exists under these behaviours. */
  isServed(behaviours: Behaviours): boolean;
  /**
   * Checks the body of the request, carries the call out, and returns the body of the answer.
   * Throws a {@link Refusal} or a {@link ShapeMismatch}.
   */
  handle(context: Context, body: unknown): object;
}

/** The effect of an operation. */
export type Kind = "read" | "write" | "delete";

/** One operation of the emulated API. */
export type Operation<Name extends string = string> =
  | OperationOf<"organization", Call, Name>
  | OperationOf<"partner", PartnerCall, Name>;

/** The definition of an operation. */
export interface OperationSpec<Name, Fields extends FieldTable, Context> {
  /** Its name: the last part of its path. */
  readonly name: Name;
  /** Its effect. Default `read`. */
  readonly kind?: Kind;
  /** The fields of the request. Default: none. */
  readonly fields?: Fields;
  /** True if the operation exists under these behaviours. Default: always. */
  isServed?(behaviours: Behaviours): boolean;
  /** Carries the call out. Returns nothing if the answer has nothing to show. */
  // biome-ignore lint/suspicious/noConfusingVoidType: `handle` may be a function without a return statement.
  handle(context: Context, body: Body<Fields>): object | void;
}

/** The common fields of the integration operations' answers, for a success. */
export const succeeded = { error: false, errorMsg: null, warningMsg: null } as const;

/** A failure of an integration operation, which is answered with HTTP 200. */
export function failed(errorMsg: string): object {
  return { ...succeeded, error: true, errorMsg };
}

/**
 * Returns a function that defines operations under a base path. `success` is their answer when there is nothing to show.
 */
export function operationsIn(basePath: string, success: object = succeeded) {
  // biome-ignore lint/complexity/noBannedTypes: the type of a request without fields.
  return <Name extends string, Fields extends FieldTable = {}>(
    spec: OperationSpec<Name, Fields, Call>,
  ): Operation<Name> => ({
    scope: "organization",
    ...completed(basePath, success, spec),
  });
}

/** Defines an operation that works on all organizations of a partner. */
export function partnerOperation<Name extends string>(
  basePath: string,
  spec: OperationSpec<Name, FieldTable, PartnerCall>,
): Operation<Name> {
  return { scope: "partner", ...completed(basePath, succeeded, spec) };
}

function completed<Name extends string, Fields extends FieldTable, Context>(
  basePath: string,
  success: object,
  spec: OperationSpec<Name, Fields, Context>,
) {
  // Where a spec has no fields, `Fields` is the type of an empty table.
  const shape = object(spec.fields ?? ({} as Fields));
  return {
    name: spec.name,
    path: `${basePath}/${spec.name}`,
    kind: spec.kind ?? "read",
    success,
    isServed: (behaviours: Behaviours) => spec.isServed?.(behaviours) ?? true,
    handle(context: Context, body: unknown): object {
      const checked = shape.check(body);
      if (checked === null) throw new ShapeMismatch("an object");
      return spec.handle(context, checked) ?? success;
    },
  };
}

/** Thrown by an operation that answers with an HTTP status other than 200. */
export class Refusal extends Error {
  /** The name of this kind of error. */
  override readonly name = "Refusal";

  /** `status` is the HTTP status, `reason` its phrase, `msg` the message of Rhombus. */
  constructor(
    readonly status: number,
    readonly reason: string,
    msg: string,
  ) {
    super(msg);
  }
}
