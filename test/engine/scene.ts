import assert from "node:assert/strict";
import {
  campusSeed,
  type Emulator,
  type OrganizationConsole,
  type SeedName,
  startEmulator,
} from "../../provider/emulator";
import { TestStack } from "./stack";

const { acme, bluebird, cedar, partner } = campusSeed;

/** What a story starts with. */
export interface SceneOptions {
  /** What Rhombus holds at the start. Default: `campus`, no integration and no group. */
  readonly seed?: SeedName;
  /** The key that the stack is configured with. Default: that of Acme Robotics. */
  readonly apiKey?: string;
  /** Further configuration of the stack, not secret. Default: none. */
  readonly config?: Readonly<Record<string, string>>;
  /** Files of the project, such as a program for the CLI to run, by name. Default: none. */
  readonly files?: Readonly<Record<string, string>>;
}

/** A story's stage: a Rhombus of its own, and a stack of its own that is configured for it. */
export interface Scene {
  /** The emulated Rhombus. */
  readonly emulator: Emulator;
  /** The stack. */
  readonly stack: TestStack;
  /** Someone at the web console of Acme Robotics. */
  readonly console: OrganizationConsole;
}

/**
 * Sets a story's stage before its first test and clears it after the last one, also when a test fails. At the end of every
 * story, no secret may have come to light anywhere.
 * @param options What the story starts with.
 */
export function useScene({ seed = "campus", apiKey = acme.apiKey, config = {}, files = {} }: SceneOptions = {}): Scene {
  const secrets = new Set(knownSecrets());
  let emulator: Emulator | undefined;
  let stack: TestStack | undefined;
  before("sets the stage", async function () {
    this.timeout(120_000);
    const started = await startEmulator({ seed });
    emulator = started;
    stack = await TestStack.open({
      files,
      config: {
        ...Object.fromEntries(Object.entries(config).map(([key, value]) => [key, { value }])),
        "rhombus:endpoint": { value: started.url },
        "rhombus:apiKey": { value: apiKey, secret: true },
      },
      onRun: () => {
        for (const secret of madeSecrets(started)) secrets.add(secret);
      },
    });
  });
  after("clears the stage, where no secret has come to light", async () => {
    try {
      if (stack && emulator) assertHidden(secrets, stack, emulator);
    } finally {
      stack?.close();
      await emulator?.close();
    }
  });
  return {
    get emulator() {
      return present(emulator);
    },
    get stack() {
      return present(stack);
    },
    get console() {
      return present(emulator).console(acme.orgUuid);
    },
  };
}

function present<T>(value: T | undefined): T {
  assert.ok(value !== undefined, "The stage is set when the first test starts.");
  return value;
}

/**
 * Fails when a secret stands in anything shown, on disk, or in the request log.
 * @param secrets The secrets.
 * @param stack The stack that may have shown or stored them.
 * @param emulator The emulator that may have logged them.
 */
export function assertHidden(
  secrets: Iterable<string>,
  stack: Pick<TestStack, "shown" | "onDisk">,
  emulator: Pick<Emulator, "requests">,
): void {
  const places = { shown: stack.shown(), "on disk": stack.onDisk(), logged: JSON.stringify(emulator.requests()) };
  const found = [...secrets].flatMap((secret) => {
    return Object.entries(places).flatMap(([place, text]) => {
      const at = text.indexOf(secret);
      return at < 0 ? [] : [`${place}: ${text.slice(Math.max(0, at - 200), at + secret.length + 40)}`];
    });
  });
  assert.deepEqual(found, [], "a secret has come to light");
}

/** The keys that the seeds give to people. */
export function knownSecrets(): string[] {
  const tenants = [acme, bluebird, cedar];
  return [
    partner.apiKey,
    acme.rotatedApiKey,
    ...tenants.flatMap(({ apiKey, genea, kisi }) => [
      apiKey,
      genea.apiToken,
      genea.rotatedApiToken,
      kisi.apiSecretKey,
      kisi.rotatedApiSecretKey,
    ]),
  ];
}

/**
 * The secrets that Rhombus itself has made and holds at this moment.
 * @param emulator The emulated Rhombus.
 */
export function madeSecrets(emulator: Emulator): string[] {
  return [acme, bluebird, cedar].flatMap(({ orgUuid }) => {
    const console = emulator.console(orgUuid);
    const deployments = console.onGuard();
    const genea = console.genea();
    const kisis = [console.kisi(), console.kisiV1()];
    const places = kisis.flatMap((kisi) => Object.values(kisi?.placeToSettingsMap ?? {}));
    const made = [
      ...deployments.flatMap((each) => [each.rhombusToken, each.presharedSecret, each.webhookUrl]),
      genea?.rhombusToken,
      genea?.refreshToken,
      genea?.webhookSignatureSecret,
      ...[...kisis.map((kisi) => kisi?.v1), ...places].map((each) => each?.rhombusToken),
    ];
    return made.flatMap((secret) => (secret ? [secret] : []));
  });
}
