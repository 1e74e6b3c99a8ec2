import assert from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { definitions, type ResourceType } from "../../../provider/resources/registry";
import { ProcessEngine } from "../../drivers/grpc/processEngine";
import { opened, type Properties, readable } from "../../drivers/properties";
import { secretNamesOf, textsIn } from "../contract/secretValues";
import {
  type CanarySeed,
  type Certificates,
  canarySeed,
  environmentNames,
  generatedSecrets,
  newCanary,
  type Source,
  settingIn,
  settingsIn,
} from "./canaries";
import type { LeakScan, Scenario } from "./leakScan";
import { partsOf } from "./secretForms";

const { acme } = campusSeed;

/** The channels through which text leaves the provider's process. */
const channel = {
  answers: "answers to the engine",
  failures: "failures of check",
  errors: "errors to the engine",
  partial: "partial failures",
  stdout: "stdout of the provider",
  stderr: "stderr of the provider",
  exception: "an uncaught exception",
  rejection: "an unhandled rejection",
  requests: "the emulator's request log",
} as const;

/** Their names. */
export const channels: readonly string[] = Object.values(channel);

/**
 * A script that the process loads first. It shortens the pauses before further reads, and waits for a file, whose text it throws
 * where nobody catches it.
 */
export const preloaded = `
  const fs = require("node:fs");
  const wait = globalThis.setTimeout;
  globalThis.setTimeout = (work, ms, ...values) => wait(work, ms > 2_000 ? ms : Math.min(ms, 20), ...values);
  const file = process.env.UNCAUGHT;
  const throwUncaught = () => {
    if (!fs.existsSync(file)) return;
    const { kind, marker, text } = JSON.parse(fs.readFileSync(file, "utf8"));
    fs.rmSync(file);
    console.log(marker);
    if (kind === "exception") throw new RangeError(text);
    Promise.reject(new RangeError(text));
  };
  setInterval(throwUncaught, 20).unref();
`;

/** Options of {@link ProcessScenario.begin}. */
export interface ProcessOptions {
  readonly scan: LeakScan;
  /** The folder with `authority.pem` and `preloaded.cjs`. */
  readonly folder: string;
  /** The source of the settings. The environment has settings of its own in any case. */
  readonly source: Source;
  readonly certificates: Certificates;
}

/** A provider's process and an emulator with canaries, whose channels are recorded. */
export class ProcessScenario {
  #engine: ProcessEngine | undefined;
  /** The secrets that the process has received. */
  #received = new Set<string>();
  #turn = 0;

  private constructor(
    readonly emulator: Emulator,
    /** Replaces the keys of the campus seed in a value by the canaries. */
    readonly swap: CanarySeed["swap"],
    /** A text that is not secret. */
    readonly marker: string,
    private readonly scenario: Scenario,
    private readonly environment: Environment,
  ) {}

  /** Starts both. */
  static async begin({ scan, folder, source, certificates }: ProcessOptions): Promise<ProcessScenario> {
    const scenario = scan.scenario();
    const { seed, apiKeys, swap } = canarySeed();
    const emulator = await startEmulator({ seed, tls: certificates.tls });
    const settingsOf = (each: Source) => ({ apiKey: apiKeys[each], ...certificates.clients[each] });
    for (const each of new Set([source, "environment"] as const)) {
      for (const [setting, value] of Object.entries(settingsOf(each))) scenario.secret(settingIn(each, setting), value);
    }
    const ofOthers = Object.fromEntries(environmentNames.map((name) => [name, newCanary()]));
    for (const [name, value] of Object.entries(ofOthers)) scenario.secret(name, value);
    const uncaught = path.join(folder, "uncaught.json");
    const config = source === "environment" ? {} : { ...settingsOf(source), endpoint: emulator.url };
    const env = {
      ...settingsIn("environment", { ...settingsOf("environment"), endpointUrl: emulator.url }),
      ...ofOthers,
      NODE_EXTRA_CA_CERTS: path.join(folder, "authority.pem"),
      NODE_OPTIONS: `--require=${path.join(folder, "preloaded.cjs")}`,
      UNCAUGHT: uncaught,
    };
    // A certificate may be public.
    const isPublic = Object.values(certificates.clients).flatMap((client) => partsOf(client.clientCertificate));
    const settings = scenario.secrets().filter((secret) => !isPublic.includes(secret));
    const start = () => ProcessEngine.start({ config: settingsIn("rhombus", config), env });
    const begun = new ProcessScenario(emulator, swap, scan.marker, scenario, { settings, uncaught, start });
    await begun.restart();
    return begun;
  }

  /** The process. */
  get engine(): ProcessEngine {
    return this.#engine ?? assert.fail("not started");
  }

  /** Ends the process, if there is one, and starts another: the engine has one for each operation. */
  async restart(): Promise<void> {
    await this.#stop();
    this.#engine = await this.environment.start();
    this.#received = new Set(this.environment.settings);
  }

  /** The secrets that the process has received. */
  get secrets(): string[] {
    return [...this.#received];
  }

  /** A text with all of them. A message may show only its beginning, so that begins with another one each time. */
  get everything(): string {
    const { secrets, marker } = this;
    this.#turn += 15;
    const at = this.#turn % secrets.length;
    return `${marker}: ${[...secrets.slice(at), ...secrets.slice(0, at)].join(" ")}`;
  }

  /** Adds the secrets in properties that the process has received or answered, and those that Rhombus has generated. */
  addSecrets(type: ResourceType, properties: Properties): void {
    const values = opened(properties);
    for (const name of secretNamesOf(definitions[type])) {
      const texts = textsIn(values[name]);
      this.scenario.secret(`${type}.${name}`, ...texts);
      for (const text of texts) this.#received.add(text);
    }
    for (const [name, value] of generatedSecrets(this.emulator.console(acme.orgUuid))) {
      if (name.startsWith(`${type}.`)) this.scenario.secret(name, value);
    }
  }

  /** Records texts or properties that the engine has received. Properties are recorded as the engine shows them. */
  record(name: "answers" | "failures" | "errors" | "partial", ...all: readonly (Properties | string)[]): void {
    for (const each of all) this.scenario.record(channel[name], typeof each === "string" ? each : readable(each));
  }

  /** Throws every secret in the process where nobody catches it, and records what the process prints. */
  async throwUncaught(kind: "exception" | "rejection"): Promise<void> {
    const { uncaught } = this.environment;
    const before = this.engine.written.length;
    const text = `${this.everything} and that is all of the ${kind}`;
    writeFileSync(`${uncaught}.new`, JSON.stringify({ kind, marker: this.marker, text }));
    renameSync(`${uncaught}.new`, uncaught);
    const printed = () => this.engine.written.slice(before);
    for (let turn = 0; turn < 500 && !printed().includes(`all of the ${kind}\n`); turn += 1) await wait(20);
    assert.match(printed(), /RangeError: .*\n\s+at /, "the SDK prints the error and its stack");
    this.scenario.record(channel[kind], printed());
  }

  /** Ends both, and searches for the secrets. */
  async end(): Promise<void> {
    await this.#stop();
    this.scenario.record(channel.requests, JSON.stringify(this.emulator.requests()));
    await this.emulator.close();
    this.scenario.end();
  }

  async #stop(): Promise<void> {
    const stopped = this.#engine;
    if (stopped === undefined) return;
    await stopped.close();
    this.scenario.record(channel.stdout, stopped.stdout);
    this.scenario.record(channel.stderr, stopped.written);
  }
}

interface Environment {
  /** The secrets with which each process starts. */
  readonly settings: readonly string[];
  /** The file for {@link preloaded}. */
  readonly uncaught: string;
  readonly start: () => Promise<ProcessEngine>;
}
