import assert from "node:assert/strict";
import { type ConsoleOnGuard, campusSeed, type Emulator, startEmulator } from "../../../provider/emulator";
import { assertHidden, knownSecrets, madeSecrets } from "../scene";
import { type Ended, type Running, UserProject } from "./project";
import type { Reckoning } from "./reckoning";
import { contentOf, declaring, type Stage, said } from "./stages";
import { type Moments, type TypeName, typeNames, Writes } from "./writes";

const { acme } = campusSeed;

/** What is killed. */
export type Victim = "provider" | "CLI";

const UP = ["up", "--yes", "--skip-preview"];
const DESTROY = ["destroy", "--yes", "--skip-preview"];

/** All that a story plays with. */
interface Set {
  readonly emulator: Emulator;
  readonly project: UserProject;
  readonly writes: Writes;
  /** Somebody else's OnGuard deployment: beside it, another one is made in three writes. */
  readonly bystander: ConsoleOnGuard;
  /** Every secret that there was so far. */
  readonly secrets: ReadonlySet<string>;
}

/** A user's stack and what befalls it. Whatever does, {@link Story.end} has to be awaited. */
export class Story {
  readonly #set: Set;
  readonly #reckoning: Reckoning;

  private constructor(set: Set, reckoning: Reckoning) {
    this.#set = set;
    this.#reckoning = reckoning;
  }

  /**
   * Begins with nothing deployed.
   * @param reckoning What the story comes to.
   */
  static async begin(reckoning: Reckoning): Promise<Story> {
    const writes = new Writes();
    const emulator = await startEmulator({ onRequest: writes.listen });
    try {
      const door = { "9:9": { doorName: "Dock" } };
      const bystander = emulator.console(acme.orgUuid).addOnGuard({ displayName: "Warehouse", doorInfoMap: door });
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
    const { emulator, project, secrets } = this.#set;
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
   * @param moments Which writes.
   * @param stage The stage.
   * @param args Further arguments of `pulumi up`.
   */
  async deploy(victim: Victim, moments: Moments, stage: Stage, ...args: readonly string[]): Promise<void> {
    const what = this.#begins(`up killed with the ${victim} at ${JSON.stringify(moments)}`, moments);
    this.#set.project.declare(declaring(stage));
    await this.#killed(victim, moments, [...UP, ...args]);
    if (victim === "CLI") await this.#unlock([...UP, ...args]);
    const again = await this.#set.project.run(...UP, ...args);
    if (!again.isDone) await this.#adopt(what, stage, moments, again);
    await this.#compare(what, stage);
  }

  /**
   * Destroys everything, kills something as soon as these writes have been carried out, and destroys again.
   * @param victim What is killed.
   * @param moments Which writes.
   */
  async destroy(victim: Victim, moments: Moments): Promise<void> {
    const what = this.#begins(`destroy killed with the ${victim} at ${JSON.stringify(moments)}`, moments);
    await this.#killed(victim, moments, DESTROY);
    if (victim === "CLI") await this.#unlock(DESTROY);
    const again = await this.#set.project.run(...DESTROY);
    if (!again.isDone) this.#reckoning.unexplained.push(`${what}: ${again.text}`);
    await this.#reckon(what);
    const remains = this.#set.emulator
      .remains()
      .filter((line) => !line.includes(`"${this.#set.bystander.displayName}"`));
    this.#reckoning.orphans.push(...remains.map((line) => `${what}: ${line}`));
  }

  /**
   * Deploys a stage, presses Ctrl-C once these writes have been carried out, lets their answers go, and deploys again.
   * @param moments Which writes.
   * @param stage The stage.
   * @returns What the interrupted run printed.
   */
  async interrupt(moments: Moments, stage: Stage): Promise<string> {
    const what = this.#begins(`up interrupted at ${JSON.stringify(moments)}`, moments);
    const { project, writes } = this.#set;
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
    const { isDone, text } = await this.#set.project.run("refresh", ...options);
    assert.ok(isDone, text);
    const { text: preview } = await this.#set.project.run(...DESTROY, "--preview-only");
    assert.doesNotMatch(preview, /pending operations/);
  }

  #begins(what: string, moments: Moments): string {
    this.#reckoning.scenarios += Object.keys(moments).length;
    return what;
  }

  /** A run of the CLI whose writes have been carried out, and which does not know. */
  async #held(moments: Moments, args: readonly string[]): Promise<Running> {
    const { project, writes } = this.#set;
    const reached = writes.hold(moments);
    const run = project.start(...args);
    const missed = run.ended.then(({ text }) => {
      throw new Error(`The writes ${JSON.stringify(moments)} never came:\n${text}`);
    });
    await Promise.race([reached, missed]);
    // It is rejected as well, when the run ends later.
    missed.catch(() => {});
    return run;
  }

  async #killed(victim: Victim, moments: Moments, args: readonly string[]): Promise<void> {
    const run = await this.#held(moments, args);
    if (victim === "CLI") await run.killCli();
    else run.killProvider();
    const { isDone, text } = await run.ended;
    this.#set.writes.release();
    assert.ok(!isDone, text);
  }

  /** The engine's own lock on the stack outlives it. */
  async #unlock(args: readonly string[]): Promise<void> {
    const { project } = this.#set;
    const { text } = await project.run(...args);
    assert.match(text, /the stack is currently locked by/);
    await project.run("cancel", "--yes");
  }

  /** What is refused must be refused by name and with the way out; on that way, it converges. */
  async #adopt(what: string, stage: Stage, moments: Moments, { text }: Ended): Promise<void> {
    const { project } = this.#set;
    const errors = [...text.matchAll(/^ +error: (.*)$/gm)].map(([, message = ""]) => message);
    const refused = typeNames.filter((type) => errors.some((message) => isRefusal(message, type)));
    const strange = errors.filter((message) => {
      return (
        message !== "update failed" && !refused.some((type) => moments[type] !== undefined && isRefusal(message, type))
      );
    });
    this.#reckoning.unexplained.push(...strange.map((message) => `${what}: ${message}`));
    project.declare(declaring(stage, refused));
    const adopted = await project.run(...UP);
    if (!adopted.isDone) this.#reckoning.unexplained.push(`${what}, adopting ${refused.join()}: ${adopted.text}`);
  }

  async #compare(what: string, stage: Stage): Promise<void> {
    const { project, emulator } = this.#set;
    const preview = await project.run("preview", "--diff", "--expect-no-changes");
    if (!preview.isDone) this.#reckoning.unexplained.push(`${what}: ${preview.text}`);
    await this.#reckon(what);
    assert.deepEqual(contentOf(emulator.console(acme.orgUuid)), sorted(stage), what);
  }

  async #reckon(what: string): Promise<void> {
    const { project, emulator, bystander } = this.#set;
    const console = emulator.console(acme.orgUuid);
    this.#reckoning.compare(what, await project.exported(), console, new Set([bystander.rhombusToken]));
    assert.deepEqual(
      console.onGuard().find(({ rhombusToken }) => rhombusToken === bystander.rhombusToken),
      bystander,
      `${what}: somebody else's deployment was touched`,
    );
  }
}

function isRefusal(message: string, type: TypeName): boolean {
  return message.startsWith(`${said[type]} exists already, and not as this resource. Nothing was written.`);
}

function sorted(stage: Stage): Stage {
  const { userUuids } = stage.AccessControlGroup;
  const members = Array.isArray(userUuids) ? [...userUuids].sort() : userUuids;
  return { ...stage, AccessControlGroup: { ...stage.AccessControlGroup, userUuids: members } };
}
