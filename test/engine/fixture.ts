import assert from "node:assert/strict";
import type { ConfigValue } from "@pulumi/pulumi/automation";
import {
  campusSeed,
  type Emulator,
  type EmulatorOptions,
  type OrganizationConsole,
  startEmulator,
} from "../../provider/emulator";
import { resourceFacts } from "../resources/facts";
import { type StackOptions, TestStack } from "./stack";

const { acme, bluebird, cedar } = campusSeed;

/** Options of {@link useFixture}. */
export interface FixtureOptions extends EmulatorOptions, Pick<StackOptions, "env" | "files"> {
  /** The API key of the stack; `null` for a stack without settings. Default: that of Acme Robotics. */
  readonly apiKey?: string | null;
  /** Further stack config. A text is not secret. Default: none. */
  readonly config?: Readonly<Record<string, string | ConfigValue>>;
  /** Secrets that must not be shown, besides those of the emulator. Default: none. */
  readonly secrets?: readonly string[];
}

/** An emulator and a stack that is configured for it. */
export interface Fixture {
  readonly emulator: Emulator;
  readonly stack: TestStack;
  /** The web console of Acme Robotics. */
  readonly console: OrganizationConsole;
}

/** Starts a fixture before the first test of a suite. After the last one, no secret may have been shown, stored or logged. */
export function useFixture(options: FixtureOptions = {}): Fixture {
  const { apiKey = acme.apiKey, config = {}, secrets: further = [], env = {}, files = {}, ...ofEmulator } = options;
  const secrets = new Set([...knownSecrets(), ...further]);
  let emulator: Emulator | undefined;
  let stack: TestStack | undefined;
  before("starts the emulator and creates a stack", async function () {
    this.timeout(120_000);
    const started = await startEmulator(ofEmulator);
    emulator = started;
    const key = { "rhombus:apiKey": { value: apiKey ?? "", secret: true }, "rhombus:endpoint": { value: started.url } };
    const own = Object.entries(config).map(([name, value]) => [name, typeof value === "string" ? { value } : value]);
    stack = await TestStack.open({
      env,
      files,
      config: { ...(apiKey === null ? {} : key), ...Object.fromEntries(own) },
      onRun: () => {
        for (const secret of madeSecrets(started)) secrets.add(secret);
      },
    });
  });
  after("has shown, stored and logged no secret", async () => {
    try {
      if (stack && emulator) assertHidden(secrets, stack, emulator);
    } finally {
      stack?.close();
      await emulator?.close();
    }
  });
  return {
    get emulator() {
      return emulator ?? assert.fail("not started");
    },
    get stack() {
      return stack ?? assert.fail("not started");
    },
    get console() {
      return this.emulator.console(acme.orgUuid);
    },
  };
}

/**
 * Fails if a secret is in anything shown, on disk, or in the request log.
 * @param secrets The secrets.
 * @param stack The stack that may have shown or stored them.
 * @param emulator The emulator that may have logged them.
 */
export function assertHidden(
  secrets: Iterable<string>,
  stack: Pick<TestStack, "shown" | "onDisk">,
  emulator: Pick<Emulator, "requests">,
): void {
  const channels = { shown: stack.shown(), "on disk": stack.onDisk(), logged: JSON.stringify(emulator.requests()) };
  const found = [...secrets].flatMap((secret) => {
    return Object.entries(channels).flatMap(([channel, text]) => {
      const at = text.indexOf(secret);
      return at < 0 ? [] : [`${channel}: ${text.slice(Math.max(0, at - 200), at + secret.length + 40)}`];
    });
  });
  assert.deepEqual(found, [], "a secret is not hidden");
}

/** The keys in the seeds. */
export function knownSecrets(): string[] {
  return textsIn(campusSeed, (name) => /^(?:(?:rotated|readOnly)A|a)pi(?:Key|Token|SecretKey)$/.test(name));
}

/** The secrets that Rhombus has generated and still has. */
export function madeSecrets(emulator: Emulator): string[] {
  return [acme, bluebird, cedar].flatMap(({ orgUuid }) => {
    const console = emulator.console(orgUuid);
    const objects = Object.values(resourceFacts).flatMap((facts) => facts.objects(console));
    return objects.flatMap(({ secrets }) => textsIn(secrets, () => true));
  });
}

/** The texts in a value that stand under one of these names. */
function textsIn(value: unknown, isWanted: (name: string) => boolean): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, each]) => {
    return typeof each === "string" && each !== "" && isWanted(name) ? [each] : textsIn(each, isWanted);
  });
}
