import { type CustomResourceOptions, type Output, runtime } from "@pulumi/pulumi";

/** A resource as the SDK registers it: an id only if an existing object is read, secrets in envelopes. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A mocked engine: the stack config by full key, and the outputs that it answers besides the inputs. */
export interface MockedEngine {
  readonly preview?: boolean;
  readonly config?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/** Replaces the engine by a mocked one. Returns the resources registered from now on. */
export async function mockEngine({ preview, config = {}, outputs = {} }: MockedEngine = {}): Promise<Registered[]> {
  const registered: Registered[] = [];
  const mocks: runtime.Mocks = {
    call: ({ inputs }) => inputs,
    newResource: ({ type, name, inputs, id = "" }) => {
      registered.push({ type, name, id, inputs });
      return { id: id === "" ? `${name}-id` : id, state: { ...inputs, ...outputs } };
    },
  };
  await runtime.setMocks(mocks, "project", "stack", preview ?? false);
  runtime.setAllConfig({ ...config }, Object.keys(config));
  return registered;
}

/** The value of an output, once it is known. */
export function promised<T>(output: Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** Options that record those which the resource class passes to the SDK: mocks do not show them. */
export function watched(options: CustomResourceOptions = {}) {
  let seen: CustomResourceOptions = {};
  const watch = ({ opts }: { opts: CustomResourceOptions }) => {
    seen = opts;
    return undefined;
  };
  return { options: { ...options, transformations: [watch] }, seen: () => seen };
}
