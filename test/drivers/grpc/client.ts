import { credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Properties, received, sent } from "./properties";

/** The types of resources that this package has. */
export type ResourceType = "AccessControlGroup" | "GeneaIntegration" | "KisiIntegration" | "OnGuardIntegration";

/** Under which name a resource's properties hold the code that serves it. */
const HANDLER_KEY = "__provider";

/** What a partial failure tells the engine to keep. */
export interface InitFailure {
  /** The id of the object that exists. */
  readonly id: string;
  /** Its properties. */
  readonly properties: Properties;
  /** What is wrong with it, for the user. */
  readonly reasons: readonly string[];
}

/** An error that a provider's process answered. */
export class RpcError extends Error {
  /** The name of this kind of error. */
  override readonly name = "RpcError";

  /**
   * Takes what the status holds.
   * @param code The gRPC status code.
   * @param details The message, as the engine shows it.
   * @param initFailure What to keep, when the error is a partial failure.
   */
  constructor(
    readonly code: number,
    readonly details: string,
    readonly initFailure?: InitFailure,
  ) {
    super(`${code}: ${details}`);
  }
}

/** One mistake that `check` reports. */
export interface CheckFailure {
  /** The property the engine prints with its value; empty when it must not. */
  readonly property: string;
  /** What is wrong. */
  readonly reason: string;
}

/** What `diff` answers. */
export interface DiffAnswer {
  /** `"unknown"`: the engine compares the inputs itself. */
  readonly changes: "unknown" | "none" | "some";
  /** The properties whose change replaces. */
  readonly replaces: readonly string[];
  /** Whether the provider asks to delete before replacing. */
  readonly deleteBeforeReplace: boolean;
}

/** The calls that the engine makes, each as it crosses the wire: secrets opened on the way there, envelopes on the way back. */
export class ProviderClient {
  readonly #client: ResourceProviderClient;
  readonly #handlerOf: (type: ResourceType) => string;

  /**
   * Connects to a process.
   * @param address Where it listens.
   * @param handlerOf The code that goes out under `__provider` in place of what states and inputs hold, wherever the
   * process runs it, and is put back into what is answered. Default: what states hold.
   */
  constructor(address: string, handlerOf: (type: ResourceType) => string = storedHandler) {
    this.#client = new ResourceProviderClient(address, credentials.createInsecure());
    this.#handlerOf = handlerOf;
  }

  /**
   * Hands over the configuration.
   * @param config The values by full key, such as `rhombus:apiKey`.
   * @returns Whether the process accepts secrets.
   */
  async configure(config: Readonly<Record<string, string>>): Promise<{ acceptsSecrets: boolean }> {
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript({ ...config }));
    const answer = await answered<messages.ConfigureResponse>((done) => this.#client.configure(request, done));
    return { acceptsSecrets: answer.getAcceptsecrets() };
  }

  /**
   * Checks inputs.
   * @param type The resource's type.
   * @param change The inputs of the state, empty when there is none, and the program's.
   * @throws RpcError when the process answers with an error.
   */
  async check(
    type: ResourceType,
    change: { olds?: Properties; news: Properties },
  ): Promise<{ inputs: Properties; failures: CheckFailure[] }> {
    const request = new messages.CheckRequest();
    request.setUrn(urnOf(type));
    request.setOlds(structOf(change.olds ?? {}));
    request.setNews(structOf(this.#served(type, change.news)));
    const answer = await answered<messages.CheckResponse>((done) => this.#client.check(request, done));
    const failures = answer.getFailuresList().map((failure) => {
      return { property: failure.getProperty(), reason: failure.getReason() };
    });
    return { inputs: this.#restored(type, answer.getInputs()), failures };
  }

  /**
   * Compares.
   * @param type The resource's type.
   * @param change The id, the outputs of the state, and checked inputs.
   * @throws RpcError when the process answers with an error.
   */
  async diff(type: ResourceType, change: { id: string; olds: Properties; news: Properties }): Promise<DiffAnswer> {
    const request = new messages.DiffRequest();
    request.setUrn(urnOf(type));
    request.setId(change.id);
    request.setOlds(structOf(change.olds));
    request.setNews(structOf(this.#served(type, change.news)));
    const answer = await answered<messages.DiffResponse>((done) => this.#client.diff(request, done));
    return {
      changes: changesOf(answer.getChanges()),
      replaces: answer.getReplacesList(),
      deleteBeforeReplace: answer.getDeletebeforereplace(),
    };
  }

  /**
   * Creates.
   * @param type The resource's type.
   * @param inputs Checked inputs.
   * @throws RpcError when the process answers with an error.
   */
  async create(type: ResourceType, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const request = new messages.CreateRequest();
    request.setUrn(urnOf(type));
    request.setProperties(structOf(this.#served(type, inputs)));
    const sent = answered<messages.CreateResponse>((done) => this.#client.create(request, done));
    const answer = await sent.catch(this.#failed(type));
    return { id: answer.getId(), outputs: this.#restored(type, answer.getProperties()) };
  }

  /**
   * Reads, for a refresh or, with a state that holds only inputs, for `get`.
   * @param type The resource's type.
   * @param stored The id and the outputs of the state.
   * @returns The id, empty when the object is gone, the new state, and the new inputs.
   * @throws RpcError when the process answers with an error.
   */
  async read(
    type: ResourceType,
    stored: { id: string; outputs: Properties },
  ): Promise<{ id: string; outputs: Properties; inputs: Properties | undefined }> {
    const request = new messages.ReadRequest();
    request.setUrn(urnOf(type));
    request.setId(stored.id);
    request.setProperties(structOf(this.#served(type, stored.outputs)));
    const answer = await answered<messages.ReadResponse>((done) => this.#client.read(request, done));
    const inputs = answer.hasInputs() ? this.#restored(type, answer.getInputs()) : undefined;
    return { id: answer.getId(), outputs: this.#restored(type, answer.getProperties()), inputs };
  }

  /**
   * Updates.
   * @param type The resource's type.
   * @param change The id, the outputs of the state, and checked inputs.
   * @throws RpcError when the process answers with an error.
   */
  async update(
    type: ResourceType,
    change: { id: string; olds: Properties; news: Properties },
  ): Promise<{ outputs: Properties }> {
    const request = new messages.UpdateRequest();
    request.setUrn(urnOf(type));
    request.setId(change.id);
    request.setOlds(structOf(change.olds));
    request.setNews(structOf(this.#served(type, change.news)));
    const sent = answered<messages.UpdateResponse>((done) => this.#client.update(request, done));
    const answer = await sent.catch(this.#failed(type));
    return { outputs: this.#restored(type, answer.getProperties()) };
  }

  /**
   * Deletes.
   * @param type The resource's type.
   * @param stored The id and the outputs of the state.
   * @throws RpcError when the process answers with an error.
   */
  async delete(type: ResourceType, stored: { id: string; outputs: Properties }): Promise<void> {
    const request = new messages.DeleteRequest();
    request.setUrn(urnOf(type));
    request.setId(stored.id);
    request.setProperties(structOf(this.#served(type, stored.outputs)));
    await answered<object>((done) => this.#client.delete(request, done));
  }

  /** Closes the connection. */
  close(): void {
    this.#client.close();
  }

  /** The properties with the handler, unless they have another one: real states and programs always have one. */
  #served(type: ResourceType, properties: Properties): Properties {
    const stored = storedHandler(type);
    const { [HANDLER_KEY]: own = stored } = properties;
    return { ...properties, [HANDLER_KEY]: own === stored ? this.#handlerOf(type) : own };
  }

  #restored(type: ResourceType, answer: Struct | undefined): Properties {
    return this.#stored(type, propertiesOf(answer));
  }

  #stored(type: ResourceType, properties: Properties): Properties {
    if (properties[HANDLER_KEY] !== this.#handlerOf(type)) return properties;
    return { ...properties, [HANDLER_KEY]: storedHandler(type) };
  }

  /** Passes an error on, with what states hold under `__provider` in what a partial failure keeps. */
  #failed(type: ResourceType): (error: unknown) => never {
    return (error) => {
      if (!(error instanceof RpcError) || error.initFailure === undefined) throw error;
      const { code, details, initFailure } = error;
      throw new RpcError(code, details, { ...initFailure, properties: this.#stored(type, initFailure.properties) });
    };
  }
}

/**
 * What every saved state holds under `__provider`. Written out, because the states that exist will not change with us.
 * @param type The resource's type.
 */
export function storedHandler(type: ResourceType): string {
  return `exports.handler = () => require("pulumi-rhombus/provider").${type};`;
}

function urnOf(type: ResourceType): string {
  return `urn:pulumi:test::harness::pulumi-nodejs:dynamic/rhombus:${type}::resource`;
}

function structOf(properties: Properties): Struct {
  return Struct.fromJavaScript(sent(properties));
}

function propertiesOf(struct: Struct | undefined): Properties {
  return struct === undefined ? {} : received(struct.toJavaScript());
}

function changesOf(changes: messages.DiffResponse.DiffChanges): DiffAnswer["changes"] {
  if (changes === messages.DiffResponse.DiffChanges.DIFF_NONE) return "none";
  return changes === messages.DiffResponse.DiffChanges.DIFF_SOME ? "some" : "unknown";
}

function answered<T>(send: (done: (error: ServiceError | null, answer: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    send((error, answer) => (error === null ? resolve(answer) : reject(rpcError(error))));
  });
}

function rpcError({ code, details, metadata }: ServiceError): RpcError {
  return new RpcError(code, details, initFailureIn(metadata));
}

function initFailureIn(metadata: Metadata): InitFailure | undefined {
  const [encoded] = metadata.get("grpc-status-details-bin");
  if (!Buffer.isBuffer(encoded)) return undefined;
  const [detail] = Status.deserializeBinary(encoded).getDetailsList();
  if (detail?.getTypeName() !== "pulumirpc.ErrorResourceInitFailed") return undefined;
  const failure = messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  return {
    id: failure.getId(),
    properties: propertiesOf(failure.getProperties()),
    reasons: failure.getReasonsList(),
  };
}
