import { type CustomResourceOptions, type Output, type ResourceTransformation, runtime } from "@pulumi/pulumi";

/** A resource as the SDK registers it with the engine. */
export interface Registered {
  /** The type token. */
  readonly type: string;
  /** The resource's name in the program. */
  readonly name: string;
  /** The id, when an existing object is read; else empty. */
  readonly id: string;
  /** The inputs; secrets in envelopes. */
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What a mocked engine is like. */
export interface MockedEngine {
  /** Whether it is a preview. Default false. */
  readonly preview?: boolean;
  /** The stack's configuration, by full key. Default: none. */
  readonly config?: Readonly<Record<string, string>>;
  /** The outputs that the engine answers beside the inputs. Default: none. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

/**
 * Puts a mocked engine in place of the one that ran before.
 * @param engine What it is like.
 * @returns The resources registered from now on.
 */
export async function mockEngine({
  preview = false,
  config = {},
  outputs = {},
}: MockedEngine = {}): Promise<Registered[]> {
  const registered: Registered[] = [];
  const mocks: runtime.Mocks = {
    call: ({ inputs }) => inputs,
    newResource: ({ type, name, inputs, id = "" }) => {
      registered.push({ type, name, id, inputs });
      return { id: id === "" ? `${name}-id` : id, state: { ...inputs, ...outputs } };
    },
  };
  await runtime.setMocks(mocks, "project", "stack", preview);
  runtime.setAllConfig({ ...config }, Object.keys(config));
  return registered;
}

/**
 * The value of an output, once it is known.
 * @param output The output.
 */
export function promised<T>(output: Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/**
 * Options that also tell which options the resource class ended up with: mocks do not show them.
 * @param options The user's own options.
 */
export function watched(options: CustomResourceOptions = {}): {
  options: CustomResourceOptions;
  seen: () => CustomResourceOptions;
} {
  let seen: CustomResourceOptions | undefined;
  const watch: ResourceTransformation = ({ opts }) => {
    seen = opts;
    return undefined;
  };
  return {
    options: { ...options, transformations: [watch] },
    seen: () => {
      if (seen === undefined) throw new Error("No resource has been made with these options.");
      return seen;
    },
  };
}
