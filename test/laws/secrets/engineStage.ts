import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PulumiFn } from "@pulumi/pulumi/automation";
import { campusSeed, type Emulator, type OrganizationConsole, startEmulator } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import { type StoredResource, TestStack, textBelow } from "../../engine/stack";
import { secretNamesOf, textsIn } from "../contract/secretValues";
import { variableOf } from "./canaries";
import { engineProgram } from "./engineProgram";
import { makeIdentities, nameOf, type Place, renamed } from "./identities";
import { type CanarySeed, canarySeed, madeAt } from "./seed";
import type { Watch, WatchedScene } from "./watch";

const { acme, bluebird } = campusSeed;

/** What is on disk, and what the emulator keeps. */
const kept = {
  states: "state, history and backups on disk",
  disk: "project, plans and PULUMI_HOME on disk",
  requests: "the emulator's request log",
} as const;

/** A stack with every secret on the real engine, and a Rhombus full of canaries; both are listened to. */
export class EngineStage {
  /** The stack. */
  readonly stack: TestStack;
  /** The Rhombus. */
  readonly emulator: Emulator;
  /** A plain value with the canaries of this Rhombus in place of the keys of the campus seed. */
  readonly swap: CanarySeed["swap"];
  readonly #scene: WatchedScene;
  readonly #settings: Readonly<Record<string, string>>;
  readonly #trusted: string;

  private constructor(
    begun: Pick<EngineStage, "stack" | "emulator" | "swap">,
    scene: WatchedScene,
    { settings, trusted }: Rest,
  ) {
    this.stack = begun.stack;
    this.emulator = begun.emulator;
    this.swap = begun.swap;
    this.#scene = scene;
    this.#settings = settings;
    this.#trusted = trusted;
  }

  /** Starts both. Acme's settings stand in the environment for now, those of an explicit provider in the stack config. */
  static async begin(watch: Watch): Promise<EngineStage> {
    const scene = watch.scene();
    const { seed, apiKeys, swap } = canarySeed();
    const { tls, authority, identities } = makeIdentities();
    const emulator = await startEmulator({ seed, tls });
    const { rhombusToken } = emulator.console(acme.orgUuid).addOnGuard({ displayName: "Before" });
    const environment = { apiKey: apiKeys[0], ...identities.environment };
    const settings = { apiKey: apiKeys[1], ...identities.rhombus };
    const own = { apiKey: swap(bluebird.apiKey), ...identities.Provider };
    const places: readonly [Place, Record<string, string>][] = [
      ["environment", environment],
      ["rhombus", settings],
      ["Provider", own],
    ];
    for (const [place, values] of places) {
      for (const [setting, value] of Object.entries(values)) scene.secret(nameOf(place, setting), value);
    }
    // Elsewhere, because all certificates look alike in places.
    const trusted = mkdtempSync(path.join(tmpdir(), "rhombus-authority-"));
    writeFileSync(path.join(trusted, "authority.pem"), authority);
    const stack = await TestStack.open({
      config: {
        ...secret({ ...own, adopt: rhombusToken, firstKey: swap(bluebird.kisi.apiSecretKey) }),
        ...secret({ apiToken: swap(acme.genea.apiToken), apiSecretKey: swap(acme.kisi.apiSecretKey) }),
        ...plain({ bait: watch.bait, place: `${acme.kisi.places.headquarters.id}`, endpoint: emulator.url }),
      },
      env: {
        ...renamed({ ...environment, endpointUrl: emulator.url }, variableOf),
        NODE_EXTRA_CA_CERTS: path.join(trusted, "authority.pem"),
        PULUMI_EXPERIMENTAL: "true",
      },
      files: {
        "index.js": "module.exports = require('./program.js')();",
        "program.js": engineProgram,
      },
      onShown: (way, text) => scene.hear(way, text),
    });
    return new EngineStage({ stack, emulator, swap }, scene, { settings, trusted });
  }

  /** The program, to be run in this process. */
  get program(): PulumiFn {
    const loaded: unknown = createRequire(__filename)(path.join(this.stack.folder, "program.js"));
    if (typeof loaded !== "function") throw new Error("The program is no function.");
    return async () => Object.fromEntries(Object.entries(await Reflect.apply(loaded, undefined, [])));
  }

  /** Someone at the web console of Acme Robotics. */
  get console(): OrganizationConsole {
    return this.emulator.console(acme.orgUuid);
  }

  /** What Rhombus has made for a resource of Acme's, and Acme's keys: secrets that their provider has been given. */
  secretsOf(type: string): string[] {
    const made = madeAt(this.console).flatMap(([owner, , value]) => (owner === type ? [value] : []));
    const keys = ["apiKey", "clientKey"].flatMap((setting) => [`rhombus:${setting}`, variableOf(setting)]);
    return [...made, ...this.#scene.secrets(...keys)];
  }

  /** Puts Acme's settings into the stack config, which counts more than the environment. */
  async configure(): Promise<void> {
    const settings = renamed(this.#settings, (setting) => `rhombus:${setting}`);
    await this.stack.configure({ ...plain({ "rhombus:endpoint": this.emulator.url }), ...secret(settings) });
  }

  /** Sets a secret of the stack config, another value of a canary. */
  async rotate(key: string, canary: string, value: string): Promise<void> {
    this.#scene.secret(canary, value);
    await this.stack.setConfig(key, value, true);
  }

  /** Takes note of the secrets in the state. */
  async learn(): Promise<void> {
    for (const { urn, inputs, outputs } of await this.stack.opened()) {
      const found = Object.entries(definitions).find(([type]) => urn.includes(`rhombus:${type}::`));
      if (found === undefined) continue;
      const [type, definition] = found;
      for (const name of secretNamesOf(definition)) {
        this.#scene.secret(`${type}.${name}`, ...[inputs, outputs].flatMap((each) => textsIn(opened(each[name]))));
      }
    }
  }

  /** Ends both, and looks for the secrets. Names the channels that only keep something. */
  async end(): Promise<void> {
    this.#scene.hear(kept.states, textBelow(path.join(this.stack.folder, "state")));
    this.#scene.hear(kept.disk, this.stack.onDisk());
    this.#scene.hear(kept.requests, JSON.stringify(this.emulator.requests()));
    this.stack.close();
    rmSync(this.#trusted, { recursive: true, force: true });
    await this.emulator.close();
    this.#scene.end();
  }

  /** The channels that keep something. */
  static readonly kept: readonly string[] = Object.values(kept);
}

interface Rest {
  readonly settings: Readonly<Record<string, string>>;
  readonly trusted: string;
}

function secret(values: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value, secret: true }]));
}

function plain(values: Readonly<Record<string, string>>) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
}

/** A value of a state that was exported with its secrets: an envelope has the secret's JSON in it. */
function opened(value: StoredResource["outputs"][string]): unknown {
  if (typeof value !== "object" || value === null) return value;
  const plaintext: unknown = Reflect.get(value, "plaintext");
  return typeof plaintext === "string" ? JSON.parse(plaintext) : value;
}
