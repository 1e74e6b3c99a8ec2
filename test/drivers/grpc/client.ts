import { credentials, type Metadata, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { HANDLER_KEY, handlerText } from "../../../provider/pulumi/handler";
import type { ResourceType } from "../../../provider/resources/registry";
import { type Properties, received, sent } from "../properties";
import {
  type Change,
  type CheckAnswer,
  type DiffAnswer,
  type InitFailure,
  ProviderError,
  type StoredObject,
  type Transport,
  withHandler,
} from "../transport";

const CHANGES = { 0: undefined, 1: false, 2: true } as const;

/** The parts of requests about a resource. Each request has some of them. */
interface ResourceRequest {
  setUrn(urn: string): unknown;
  setId?(id: string): unknown;
  setOlds?(olds: Struct): unknown;
  setNews?(news: Struct): unknown;
  setProperties?(properties: Struct): unknown;
}

/** Calls a dynamic-provider process over gRPC, as the engine does. */
export class ProviderClient implements Transport {
  readonly #client: ResourceProviderClient;
  readonly #handlerOf: (type: ResourceType) => string;

  /**
   * Connects to a process.
   * @param address Its address, as `127.0.0.1:port`.
   * @param handlerOf The code that is sent in place of the `__provider` of states and programs. Default: the same.
   */
  constructor(address: string, handlerOf: (type: ResourceType) => string = handlerText) {
    this.#client = new ResourceProviderClient(address, credentials.createInsecure());
    this.#handlerOf = handlerOf;
  }

  /**
   * Sends the configuration.
   * @param config The values by full key, such as `rhombus:apiKey`.
   */
  async configure(config: Readonly<Record<string, string>>): Promise<{ acceptsSecrets: boolean }> {
    const request = new messages.ConfigureRequest();
    request.setArgs(Struct.fromJavaScript({ ...config }));
    const answer = await answered<messages.ConfigureResponse>((done) => this.#client.configure(request, done));
    return { acceptsSecrets: answer.getAcceptsecrets() };
  }

  async check(type: ResourceType, change: { olds?: Properties; news: Properties }): Promise<CheckAnswer> {
    const request = this.#about(new messages.CheckRequest(), type, { olds: {}, ...change });
    const answer = await answered<messages.CheckResponse>((done) => this.#client.check(request, done));
    const failures = answer.getFailuresList().map((each) => {
      return { property: each.getProperty(), reason: each.getReason() };
    });
    return { inputs: this.#restored(type, answer.getInputs()), failures };
  }

  async diff(type: ResourceType, change: Change): Promise<DiffAnswer> {
    const request = this.#about(new messages.DiffRequest(), type, change);
    const answer = await answered<messages.DiffResponse>((done) => this.#client.diff(request, done));
    return { changes: CHANGES[answer.getChanges()], replaces: answer.getReplacesList() };
  }

  async create(type: ResourceType, inputs: Properties): Promise<{ id: string; outputs: Properties }> {
    const request = this.#about(new messages.CreateRequest(), type, { outputs: inputs });
    const sending = answered<messages.CreateResponse>((done) => this.#client.create(request, done));
    const answer = await sending.catch(this.#failed(type));
    return { id: answer.getId(), outputs: this.#restored(type, answer.getProperties()) };
  }

  async read(type: ResourceType, object: StoredObject): ReturnType<Transport["read"]> {
    const request = this.#about(new messages.ReadRequest(), type, object);
    const answer = await answered<messages.ReadResponse>((done) => this.#client.read(request, done));
    const inputs = answer.hasInputs() ? this.#restored(type, answer.getInputs()) : undefined;
    return { id: answer.getId(), outputs: this.#restored(type, answer.getProperties()), inputs };
  }

  async update(type: ResourceType, change: Change): Promise<{ outputs: Properties }> {
    const request = this.#about(new messages.UpdateRequest(), type, change);
    const sending = answered<messages.UpdateResponse>((done) => this.#client.update(request, done));
    const answer = await sending.catch(this.#failed(type));
    return { outputs: this.#restored(type, answer.getProperties()) };
  }

  async delete(type: ResourceType, object: StoredObject): Promise<void> {
    const request = this.#about(new messages.DeleteRequest(), type, object);
    await answered<object>((done) => this.#client.delete(request, done));
  }

  /** Closes the connection. */
  close(): void {
    this.#client.close();
  }

  /** The request with the parts that it has. */
  #about<R extends ResourceRequest>(request: R, type: ResourceType, parts: Partial<Change & StoredObject>): R {
    const { id, olds, news, outputs } = parts;
    request.setUrn(`urn:pulumi:test::harness::pulumi-nodejs:dynamic/rhombus:${type}::resource`);
    if (id !== undefined) request.setId?.(id);
    if (olds !== undefined) request.setOlds?.(structOf(olds));
    if (news !== undefined) request.setNews?.(this.#served(type, news));
    if (outputs !== undefined) request.setProperties?.(this.#served(type, outputs));
    return request;
  }

  /** The properties with the handler of this client, unless they have a foreign one. */
  #served(type: ResourceType, properties: Properties): Struct {
    const all = withHandler(type, properties);
    return structOf(all[HANDLER_KEY] === handlerText(type) ? { ...all, [HANDLER_KEY]: this.#handlerOf(type) } : all);
  }

  #restored(type: ResourceType, answer: Struct | undefined): Properties {
    return this.#stored(type, propertiesOf(answer));
  }

  #stored(type: ResourceType, properties: Properties): Properties {
    if (properties[HANDLER_KEY] !== this.#handlerOf(type)) return properties;
    return { ...properties, [HANDLER_KEY]: handlerText(type) };
  }

  #failed(type: ResourceType): (error: unknown) => never {
    return (error) => {
      if (!(error instanceof ProviderError) || error.initFailure === undefined) throw error;
      const { code, message, initFailure } = error;
      throw new ProviderError(message, code, {
        ...initFailure,
        properties: this.#stored(type, initFailure.properties),
      });
    };
  }
}

function structOf(properties: Properties): Struct {
  return Struct.fromJavaScript(sent(properties));
}

function propertiesOf(struct: Struct | undefined): Properties {
  return struct === undefined ? {} : received(struct.toJavaScript());
}

function answered<T>(send: (done: (error: ServiceError | null, answer: T) => void) => unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    send((error, answer) => {
      if (error === null) resolve(answer);
      else reject(new ProviderError(error.details, error.code, initFailureIn(error.metadata)));
    });
  });
}

function initFailureIn(metadata: Metadata): InitFailure | undefined {
  const [encoded] = metadata.get("grpc-status-details-bin");
  if (!Buffer.isBuffer(encoded)) return undefined;
  const [detail] = Status.deserializeBinary(encoded).getDetailsList();
  if (detail?.getTypeName() !== "pulumirpc.ErrorResourceInitFailed") return undefined;
  const failure = messages.ErrorResourceInitFailed.deserializeBinary(detail.getValue_asU8());
  const properties = propertiesOf(failure.getProperties());
  return { id: failure.getId(), properties, reasons: failure.getReasonsList() };
}
