import assert from "node:assert/strict";
import {
  type Behaviours,
  type ConsoleOnGuard,
  campusSeed,
  type Emulator,
  startEmulator,
} from "../../../provider/emulator";
import { assertHidden, knownSecrets, madeSecrets } from "../fixture";
import { type Ended, type Running, UserProject } from "./project";
import type { Reckoning } from "./reckoning";
import { contentOf, declaring, type Stage, said } from "./stages";
import { type Moments, type TypeName, typeNames, Writes } from "./writes";

const { acme } = campusSeed;

/** What is killed: a process, or, by a second Ctrl-C, what the CLI still waits for. */
export type Victim = "provider" | "CLI" | "patience";

const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview"];

interface Surroundings {
  readonly emulator: Emulator;
  readonly project: UserProject;
  readonly writes: Writes;
  /** Somebody else's OnGuard deployment: beside it, another one is made in three writes. Absent where there can be only one. */
  readonly bystander: ConsoleOnGuard | undefined;
  /** Every secret that there was so far. */
  readonly secrets: ReadonlySet<string>;
}

/** A user's stack, and what befalls it. Whatever does, {@link Story.end} has to be awaited. */
export class Story {
  readonly #around: Surroundings;
  readonly #reckoning: Reckoning;

  private constructor(around: Surroundings, reckoning: Reckoning) {
    this.#around = around;
    this.#reckoning = reckoning;
  }

  /**
   * Begins with nothing deployed.
   * @param reckoning What the story comes to.
   * @param behaviours How Rhombus behaves where it does not say. Default: as usual.
   */
  static async begin(reckoning: Reckoning, behaviours: Partial<Behaviours> = {}): Promise<Story> {
    const writes = new Writes();
    const emulator = await startEmulator({ onRequest: writes.listen, behaviours });
    try {
      const other = { displayName: "Warehouse", doorInfoMap: { "9:9": { doorName: "Dock" } } };
      const console = emulator.console(acme.orgUuid);
      const bystander = behaviours.onGuardCreate === "existing" ? undefined : console.addOnGuard(other);
      const secrets = new Set([...knownSecrets(), ...madeSecrets(emulator)]);
      const project = await UserProject.open(emulator, () => {
        for (const secret of madeSecrets(emulator)) secrets.add(secret);
      });
      return new Story({ emulator, project, writes, bystander, secrets }, reckoning);
    } catch (error) {
      await emulator.close();
      throw error;
    }
  }

  /** Looks whether a secret has come to light, and clears everything away. */
  async end(): Promise<void> {
    const { emulator, project, secrets } = this.#around;
    try {
      assertHidden(secrets, project, emulator);
    } finally {
      await project.close();
      await emulator.close();
    }
  }

  /**
   * Deploys a stage, kills something as soon as these writes have been carried out and before any answer, and recovers.
   * @param victim What is killed.
   * @param moments Which writes. Where there are none, nothing is killed.
   * @param stage The stage.
   * @param args Further arguments of `pulumi up`.
   * @returns What the first run printed.
   */
  async deploy(victim: Victim, moments: Moments, stage: Stage, ...args: readonly string[]): Promise<string> {
    const what = this.#begins(`up, the end of the ${victim} at`, moments);
    const { project } = this.#around;
    const run = [...UP, ...args];
    project.declare(declaring(stage));
    const { text } = await this.#killed(victim, moments, run);
    if (Object.keys(moments).length > 0) {
      const again = await project.run(...run);
      if (!again.isDone) await this.#adopt(what, stage, again);
    }
    await this.#compare(what, stage);
    return text;
  }

  /**
   * Deploys a stage, and nothing happens.
   * @param stage The stage.
   * @param args Further arguments of `pulumi up`.
   * @returns How many writes it took.
   */
  async deployUndisturbed(stage: Stage, ...args: readonly string[]): Promise<Moments> {
    const { project, writes } = this.#around;
    project.declare(declaring(stage));
    await this.#killed("CLI", {}, [...UP, ...args]);
    return Object.fromEntries(typeNames.map((type) => [type, writes.count(type)]));
  }

  /**
   * Destroys everything, kills something as soon as these writes have been carried out, and destroys again.
   * @param victim What is killed.
   * @param moments Which writes.
   */
  async destroy(victim: Victim, moments: Moments): Promise<void> {
    const what = this.#begins(`destroy, the end of the ${victim} at`, moments);
    const { emulator, project, bystander } = this.#around;
    await this.#killed(victim, moments, DESTROY);
    const again = await project.run(...DESTROY);
    if (!again.isDone) this.#reckoning.unexplained.push(`${what}: ${again.text}`);
    await this.#reckon(what);
    const others = bystander ? [`${acme.name}: OnGuard deployment "${bystander.displayName}"`] : [];
    assert.deepEqual(emulator.remains(), others, what);
  }

  /**
   * Deploys a stage, presses Ctrl-C once these writes have been carried out, lets their answers go, and deploys again.
   * @param moments Which writes.
   * @param stage The stage.
   * @returns What the interrupted run printed.
   */
  async interrupt(moments: Moments, stage: Stage): Promise<string> {
    const what = this.#begins("up, interrupted at", moments);
    const { project, writes } = this.#around;
    project.declare(declaring(stage));
    const run = await this.#held(moments, UP);
    run.signal("SIGINT");
    await run.printed("cancelling");
    writes.release();
    const { isDone, text } = await run.ended;
    assert.ok(!isDone, text);
    const again = await project.run(...UP);
    if (!again.isDone) this.#reckoning.unexplained.push(`${what}: ${again.text}`);
    await this.#compare(what, stage);
    return text;
  }

  /** Clears what the engine remembers of interrupted creations, as it asks for; nothing may turn out to have drifted. */
  async clearPending(): Promise<void> {
    const options = ["--clear-pending-creates", "--yes", "--skip-preview", "--expect-no-changes"];
    const { isDone, text } = await this.#around.project.run("refresh", ...options);
    assert.ok(isDone, text);
  }

  #begins(what: string, moments: Moments): string {
    this.#reckoning.scenarios += Object.keys(moments).length;
    return `${what} ${JSON.stringify(moments)}`;
  }

  /** Runs the CLI and kills. Afterwards the stack is no longer locked. */
  async #killed(victim: Victim, moments: Moments, args: readonly string[]): Promise<Ended> {
    const { project, writes } = this.#around;
    const run = await this.#held(moments, args);
    const isUndisturbed = Object.keys(moments).length === 0;
    if (!isUndisturbed) await kill(run, victim);
    const ended = await run.ended;
    writes.release();
    assert.equal(ended.isDone, isUndisturbed, ended.text);
    if (isUndisturbed || victim !== "CLI") return ended;
    const { text } = await project.run(...args);
    assert.match(text, /the stack is currently locked by/);
    await project.run("cancel", "--yes");
    return ended;
  }

  /** A run of the CLI whose writes have been carried out, and which does not know. */
  async #held(moments: Moments, args: readonly string[]): Promise<Running> {
    const { project, writes } = this.#around;
    const reached = writes.hold(moments);
    const run = project.start(...args);
    const missed = run.ended.then(({ text }) => {
      throw new Error(`The writes ${JSON.stringify(moments)} never came:\n${text}`);
    });
    // It is rejected as well when the run ends later.
    missed.catch(() => {});
    await Promise.race([reached, missed]);
    return run;
  }

  /**
   * What is refused must be refused by name and with the way out; on that way, it converges. It may be more than was held:
   * the engine knows nothing yet of what has just been answered either.
   */
  async #adopt(what: string, stage: Stage, { text }: Ended): Promise<void> {
    const { project } = this.#around;
    const errors = [...text.matchAll(/^ +error: (.*)$/gm)].map(([, message = ""]) => message);
    const refused = typeNames.filter((type) => errors.some((message) => isRefusal(message, type)));
    const strange = errors.filter((message) => {
      return message !== "update failed" && !refused.some((type) => isRefusal(message, type));
    });
    this.#reckoning.unexplained.push(...strange.map((message) => `${what}: ${message}`));
    project.declare(declaring(stage, refused));
    const adopted = await project.run(...UP);
    if (!adopted.isDone) this.#reckoning.unexplained.push(`${what}, adopting ${refused.join()}: ${adopted.text}`);
  }

  async #compare(what: string, stage: Stage): Promise<void> {
    const { project, emulator } = this.#around;
    const preview = await project.run("preview", "--diff", "--expect-no-changes");
    if (!preview.isDone) this.#reckoning.unexplained.push(`${what}: ${preview.text}`);
    await this.#reckon(what);
    assert.deepEqual(contentOf(emulator.console(acme.orgUuid)), sorted(stage), what);
  }

  async #reckon(what: string): Promise<void> {
    const { project, emulator, bystander } = this.#around;
    const console = emulator.console(acme.orgUuid);
    const token = bystander?.rhombusToken ?? "";
    this.#reckoning.compare(what, [await project.exported()], console, new Set([token]));
    const untouched = console.onGuard().find(({ rhombusToken }) => rhombusToken === token);
    assert.deepEqual(untouched, bystander, `${what}: somebody else's deployment was touched`);
  }
}

/**
 * Begins a story before the first test of a suite and ends it after the last one, also when a test fails.
 * @param reckoning What it comes to.
 * @param behaviours How Rhombus behaves where it does not say. Default: as usual.
 */
export function useStory(reckoning: Reckoning, behaviours: Partial<Behaviours> = {}): () => Story {
  let story: Story | undefined;
  before("begins", async () => {
    story = await Story.begin(reckoning, behaviours);
  });
  after("ends, and no secret has come to light", () => story?.end());
  return () => {
    assert.ok(story !== undefined, "The story has begun when the first test starts.");
    return story;
  };
}

async function kill(run: Running, victim: Victim): Promise<void> {
  if (victim === "CLI") await run.killCli();
  else if (victim === "provider") run.killProvider();
  else {
    run.signal("SIGINT");
    await run.printed("cancelling");
    run.signal("SIGINT");
  }
}

function isRefusal(message: string, type: TypeName): boolean {
  return message.startsWith(
    `${said[type]} already exists in Rhombus and is not managed by this resource. Nothing was written.`,
  );
}

function sorted(stage: Stage): Stage {
  const { userUuids } = stage.AccessControlGroup;
  const members = Array.isArray(userUuids) ? [...userUuids].sort() : userUuids;
  return { ...stage, AccessControlGroup: { ...stage.AccessControlGroup, userUuids: members } };
}
