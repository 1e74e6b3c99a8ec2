import { HANDLER_KEY, handlerText } from "../../provider/pulumi/handler";
import type { ResourceType } from "../../provider/resources/registry";
import type { Properties } from "./properties";

/** The calls of the engine to a provider. Secrets are sent in plain text, and marked in the answers. */
export interface Transport {
  /** Checks declared inputs against those of the state, which are empty if there is none. */
  check(type: ResourceType, change: { olds?: Properties; news: Properties }): Promise<CheckAnswer>;
  /** Compares the outputs of the state with checked inputs. */
  diff(type: ResourceType, change: Change): Promise<DiffAnswer>;
  /** Creates an object from checked inputs. */
  create(type: ResourceType, inputs: Properties): Promise<{ id: string; outputs: Properties }>;
  /** Reads an object, for a refresh or for `get`. The id in the answer is empty if it is gone. */
  read(type: ResourceType, object: StoredObject): Promise<StoredObject & { inputs?: Properties | undefined }>;
  /** Updates an object to checked inputs. */
  update(type: ResourceType, change: Change): Promise<{ outputs: Properties }>;
  /** Deletes an object. */
  delete(type: ResourceType, object: StoredObject): Promise<void>;
}

/** An object in the state. */
export interface StoredObject {
  readonly id: string;
  readonly outputs: Properties;
}

/** An object in the state, and what is now declared of it. */
export interface Change {
  readonly id: string;
  /** The outputs of the state. */
  readonly olds: Properties;
  /** Checked inputs. */
  readonly news: Properties;
}

/** The answer to a check. */
export interface CheckAnswer {
  readonly inputs: Properties;
  readonly failures: readonly CheckFailure[];
}

/** A mistake in inputs. */
export interface CheckFailure {
  /** The property that the engine prints with its value; empty if it must not be printed. */
  readonly property: string;
  readonly reason: string;
}

/** The answer to a diff. */
export interface DiffAnswer {
  /** `undefined`: the engine compares the inputs itself. */
  readonly changes: boolean | undefined;
  /** The properties whose change replaces the object. */
  readonly replaces: readonly string[];
}

/** The state of an object whose creation or update failed in part. */
export interface InitFailure {
  readonly id: string;
  readonly properties: Properties;
  readonly reasons: readonly string[];
}

/** An error that a provider answered. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(
    message: string,
    /** The gRPC status code; absent in this process. */
    readonly code?: number,
    /** Present if the call failed in part. */
    readonly initFailure?: InitFailure,
  ) {
    super(message);
  }
}

/** The properties with `__provider`, as states and programs always have it. */
export function withHandler(type: ResourceType, properties: Properties): Properties {
  return { [HANDLER_KEY]: handlerText(type), ...properties };
}
