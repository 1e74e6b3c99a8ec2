import assert from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import { ProcessEngine } from "../../drivers/grpc/processEngine";
import { opened, type Properties, readable } from "../../drivers/properties";
import type { TypeName } from "../../drivers/stack";
import { secretNamesOf, textsIn } from "../contract/secretValues";
import { environmentNames, newCanary, partsOf, variableOf } from "./canaries";
import { type makeIdentities, nameOf, type Place, places, renamed } from "./identities";
import { type CanarySeed, canarySeed, madeAt } from "./seed";
import type { Watch, WatchedScene } from "./watch";

const { acme } = campusSeed;

/** The ways on which something leaves the provider's process. */
const channel = {
  answers: "answers to the engine",
  mistakes: "mistakes that a check finds",
  errors: "errors to the engine",
  halves: "partial failures",
  stdout: "stdout of the provider",
  stderr: "stderr of the provider",
  exception: "an uncaught exception",
  rejection: "an unhandled rejection",
  requests: "the emulator's request log",
} as const;

/** Their names. */
export const channels: readonly string[] = Object.values(channel);

/** With what a process starts. */
export interface ProcessBeginning {
  /** Who listens. */
  readonly watch: Watch;
  /** The folder with the authority's certificate and the script that the process loads first. */
  readonly folder: string;
  /** Where the settings stand. The environment has its own in any case. */
  readonly place: Place;
  /** The client certificates. */
  readonly made: ReturnType<typeof makeIdentities>;
}

/** A provider's process and a Rhombus of its own, full of canaries, and the scene that listens to both. */
export class ProcessStage {
  /** The Rhombus. */
  readonly emulator: Emulator;
  /** A text that is no secret. */
  readonly bait: string;
  /** A plain value with the canaries of this Rhombus in place of the keys of the campus seed. */
  readonly swap: CanarySeed["swap"];
  readonly #scene: WatchedScene;
  readonly #settings: readonly string[];
  readonly #start: () => Promise<ProcessEngine>;
  readonly #spilled: string;
  #engine: ProcessEngine | undefined;
  #given = new Set<string>();
  #turn = 0;

  private constructor(begun: Pick<ProcessStage, "emulator" | "bait" | "swap">, rest: Rest) {
    this.emulator = begun.emulator;
    this.bait = begun.bait;
    this.swap = begun.swap;
    this.#scene = rest.scene;
    this.#settings = rest.settings;
    this.#start = rest.start;
    this.#spilled = rest.spilled;
  }

  /** The process. */
  get engine(): ProcessEngine {
    return this.#engine ?? assert.fail("The process is started by `restart`.");
  }

  /** Starts both. */
  static async begin({ watch, folder, place, made: { identities, tls } }: ProcessBeginning): Promise<ProcessStage> {
    const scene = watch.scene();
    const { seed, apiKeys, swap } = canarySeed();
    const emulator = await startEmulator({ seed, tls });
    const settingsOf = (each: Place) => ({ apiKey: apiKeys[places.indexOf(each)] ?? "", ...identities[each] });
    for (const each of new Set([place, "environment"] as const)) {
      for (const [setting, value] of Object.entries(settingsOf(each))) scene.secret(nameOf(each, setting), value);
    }
    const ofOthers = Object.fromEntries(environmentNames.map((name) => [name, newCanary()]));
    for (const [name, value] of Object.entries(ofOthers)) scene.secret(name, value);
    const spilled = path.join(folder, "spilled.json");
    const variables = { ...settingsOf("environment"), endpointUrl: emulator.url };
    const config = place === "environment" ? {} : { ...settingsOf(place), endpoint: emulator.url };
    const options = {
      config: renamed(config, (setting) => `rhombus:${setting}`),
      env: {
        ...renamed(variables, variableOf),
        ...ofOthers,
        NODE_EXTRA_CA_CERTS: path.join(folder, "authority.pem"),
        NODE_OPTIONS: `--require=${path.join(folder, "preloaded.cjs")}`,
        SPILL: spilled,
      },
    };
    const certificates = new Set(places.flatMap((each) => partsOf(identities[each].clientCertificate)));
    const known = scene.secrets().filter((secret) => !certificates.has(secret));
    const start = () => ProcessEngine.start(options);
    const stage = new ProcessStage({ emulator, bait: watch.bait, swap }, { scene, settings: known, start, spilled });
    await stage.restart();
    return stage;
  }

  /** Ends the process, if there is one, and starts another: the engine has one for each operation. */
  async restart(): Promise<void> {
    await this.#stop();
    this.#engine = await this.#start();
    this.#given = new Set(this.#settings);
  }

  /** Every secret that the process has been given so far. A certificate may be known to everybody. */
  get secrets(): string[] {
    return [...this.#given];
  }

  /** What somebody says who knows all of them. A message may show only its beginning, so that is another one each time. */
  get everything(): string {
    const { secrets, bait } = this;
    this.#turn += 15;
    const at = this.#turn % secrets.length;
    return `${bait}: ${[...secrets.slice(at), ...secrets.slice(0, at)].join(" ")}`;
  }

  /** Takes note of the secrets in properties that the process has been given or has answered, and of those that Rhombus has made. */
  learn(type: TypeName, properties: Properties): void {
    const values = opened(properties);
    const names = secretNamesOf(definitions[type]);
    for (const name of names) {
      const texts = textsIn(values[name]);
      this.#scene.secret(`${type}.${name}`, ...texts);
      for (const text of texts) this.#given.add(text);
    }
    for (const [owner, name, value] of madeAt(this.emulator.console(acme.orgUuid))) {
      if (owner === type) this.#scene.secret(`${type}.${name}`, value);
    }
  }

  /** Takes what has left the process for the engine: properties as anybody can read them, or anything else. */
  hear(name: "answers" | "mistakes" | "errors" | "halves", ...heard: readonly (Properties | string)[]): void {
    for (const each of heard) this.#scene.hear(channel[name], typeof each === "string" ? each : readable(each));
  }

  /** Has the process throw everything where nobody catches it, and takes what it writes. */
  async spill(kind: "exception" | "rejection"): Promise<void> {
    const before = this.engine.written.length;
    const text = `${this.everything} and that is all of the ${kind}`;
    writeFileSync(`${this.#spilled}.new`, JSON.stringify({ kind, bait: this.bait, text }));
    renameSync(`${this.#spilled}.new`, this.#spilled);
    const written = () => this.engine.written.slice(before);
    for (let turn = 0; turn < 500 && !written().includes(`all of the ${kind}\n`); turn += 1) await wait(20);
    assert.match(written(), /RangeError: .*\n\s+at /, "the SDK prints the error and its stack");
    this.#scene.hear(channel[kind], written());
  }

  /** Ends both, and looks for the secrets. */
  async end(): Promise<void> {
    await this.#stop();
    this.#scene.hear(channel.requests, JSON.stringify(this.emulator.requests()));
    await this.emulator.close();
    this.#scene.end();
  }

  async #stop(): Promise<void> {
    const stopped = this.#engine;
    if (stopped === undefined) return;
    await stopped.close();
    this.#scene.hear(channel.stdout, stopped.stdout);
    this.#scene.hear(channel.stderr, stopped.written);
  }
}

interface Rest {
  readonly scene: WatchedScene;
  readonly settings: readonly string[];
  readonly start: () => Promise<ProcessEngine>;
  readonly spilled: string;
}
