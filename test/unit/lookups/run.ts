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

/** The circumstances in which a program runs. */
export interface RunOptions extends EmulatorOptions {
  /** The stack config besides the endpoint, by keys without `rhombus:`. Default: Acme's key, no retries. */
  readonly config?: Readonly<Record<string, string>>;
  /** True for a preview. Default: false. */
  readonly preview?: boolean;
}

const running: Emulator[] = [];

/**
 * Starts an emulator, and begins a run of a program in this process. {@link endRuns} ends both.
 * @param options The circumstances.
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
 * Begins a new run, as another process would. Its engine creates resources, without ids in a preview, and fails if it is
 * asked for a look-up.
 * @param config The stack config, by keys without `rhombus:`.
 * @param preview True for a preview. Default: false.
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

/** Stops all emulators, and ends the run. */
export async function endRuns(): Promise<void> {
  pulumi.runtime.resetOptions("project", "stack", -1, "", "", false, "");
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}

/**
 * The seed `campus` with changes to Acme.
 * @param change The changed fields of Acme.
 */
export function acmeWith(change: (organization: SeedOrganization) => Partial<SeedOrganization>): Seed {
  const seed = campus();
  const changed = seed.organizations.map((each) => (each.uuid === acme.orgUuid ? { ...each, ...change(each) } : each));
  return { ...seed, organizations: changed };
}

/**
 * The error of a look-up that must fail.
 * @param lookup The look-up.
 */
export async function errorOf(lookup: Promise<unknown>): Promise<LookupError> {
  const error = await lookup.then(
    (found) => assert.fail(`it answered ${JSON.stringify(found)}`),
    (thrown: unknown) => thrown,
  );
  assert.ok(error instanceof LookupError, String(error));
  return error;
}

/** The value of an output that is unknown. */
export const unknown: string = pulumi.runtime.unknownValue;

/**
 * The value of an output as the engine gets it: {@link unknown} if it is unknown. Rejects if the output fails.
 * @param output The output.
 */
export function resolved(output: pulumi.Output<unknown>): Promise<unknown> {
  return pulumi.runtime.serializeProperty("value", output);
}
