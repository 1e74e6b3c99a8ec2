import assert from "node:assert/strict";
import * as pulumi from "@pulumi/pulumi";
import {
  campus,
  campusSeed,
  type Emulator,
  type EmulatorOptions,
  type Seed,
  type SeedOrganization,
  startEmulator,
} from "../../../provider/emulator";
import { LookupError } from "../../../provider/lookups/define/lookupError";

const { acme } = campusSeed;

/** How a program runs. */
export interface RunOptions extends EmulatorOptions {
  /** The stack config besides the endpoint, without `rhombus:`. Default: Acme's key, no retries. */
  readonly config?: Readonly<Record<string, string>>;
  /** Whether it is a preview. Default: false. */
  readonly preview?: boolean;
}

const running: Emulator[] = [];

/**
 * Starts an emulated Rhombus, and makes this process one that runs a program under an engine. {@link endRuns} ends both.
 * @param options How it runs.
 */
export async function run({ config, preview = false, ...options }: RunOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  running.push(emulator);
  await beginRun(
    { endpoint: emulator.url, apiKey: acme.apiKey, maxRetries: "0", timeoutSeconds: "2", ...config },
    preview,
  );
  return emulator;
}

/**
 * Begins a run, as another process would: under an engine that makes resources, in a preview without ids, and that knows
 * nothing of look-ups.
 * @param config The stack config without `rhombus:`.
 * @param preview Whether it is a preview.
 */
export async function beginRun(config: Readonly<Record<string, string>>, preview = false): Promise<void> {
  const mocks: pulumi.runtime.Mocks = {
    newResource: ({ name, inputs }) => ({ id: preview ? undefined : `${name}-id`, state: inputs }),
    call: ({ token }) => assert.fail(`${token} asks the engine`),
  };
  await pulumi.runtime.setMocks(mocks, "project", "stack", preview);
  const mocked = pulumi.runtime.getMonitor();
  assert.ok(mocked);
  const engine = { registerResource: mocked.registerResource.bind(mocked), invoke: mocked.invoke.bind(mocked) };
  pulumi.runtime.setMockOptions(engine, "project", "stack", preview);
  const settings = Object.fromEntries(Object.entries(config).map(([name, value]) => [`rhombus:${name}`, value]));
  pulumi.runtime.setAllConfig(settings, Object.keys(settings));
}

/** Ends every emulator, and leaves no engine to the next test. */
export async function endRuns(): Promise<void> {
  pulumi.runtime.resetOptions("project", "stack", -1, "", "", false, "");
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}

/**
 * The campus with Acme changed.
 * @param change What is different about Acme.
 */
export function acmeWith(change: (organization: SeedOrganization) => Partial<SeedOrganization>): Seed {
  const seed = campus();
  const changed = seed.organizations.map((each) => (each.uuid === acme.orgUuid ? { ...each, ...change(each) } : each));
  return { ...seed, organizations: changed };
}

/**
 * The error of a look-up that must have no answer.
 * @param looked The look-up.
 */
export async function refusalOf(looked: Promise<unknown>): Promise<LookupError> {
  const error = await looked.then(
    (found) => assert.fail(`it answered ${JSON.stringify(found)}`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof LookupError, String(error));
  return error;
}

/** What a program gets where a value is not known yet. */
export const unknown: string = pulumi.runtime.unknownValue;

/**
 * The value of an output, as the engine would get it; {@link unknown} where it is not known. Rejects as the output does.
 * @param output The output.
 */
export function settled(output: pulumi.Output<unknown>): Promise<unknown> {
  return pulumi.runtime.serializeProperty("value", output);
}
