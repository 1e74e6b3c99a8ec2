import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { type Behaviours, defaultBehaviours, type Emulator, startEmulator } from "../../../provider/emulator";
import type { ResourceState } from "../../drivers/engine";
import { type DeclaredResource, ModelDeployment, type Outcome } from "./deployment";
import type { Engines } from "./engines";
import { explain, explainPlan } from "./expectations";
import { type Remote, type RemoteObject, remoteOf, rewrite } from "./remote";
import type { Sequence, Step } from "./sequence";
import { keyOf, NAME_OF, type OrganizationName, organizations, type SlotName, slots } from "./slots";
import { at, type Branch, branch, isBranch, planted, type Tree } from "./tree";
import { isOvercome, isSilent, planOf, type Trouble } from "./troubles";
import { remoteIdIn } from "./witness";

/** A resource in the program: the logical name that it has at the moment, and its inputs. */
interface Entry {
  readonly logical: string;
  readonly inputs: Branch;
}

/** What a sequence has come to: the vendor, the stack, the program, and what was made at the console. */
export class World {
  /** The stack. */
  readonly deployment = new ModelDeployment((organization) => this.#open(organization));
  /** The program, by slot. */
  readonly program = new Map<SlotName, Entry>();
  /** The ids of the objects that somebody has made at the console. */
  readonly foreign = new Set<string>();
  /** The ids of the objects that the state does not hold: a killed process has made them, or an error has named them. */
  readonly strays = new Set<string>();
  /** How many steps made sense. */
  steps = 0;
  readonly #engines: Engines;
  #trouble: Trouble | undefined;
  readonly #renames = new Map<SlotName, number>();

  /** Takes the vendor and where processes come from. */
  constructor(
    readonly emulator: Emulator,
    engines: Engines,
  ) {
    this.#engines = engines;
  }

  #open(organization: OrganizationName) {
    const timeout: Record<string, string> = isSilent(this.#trouble)
      ? { "rhombus:timeoutSeconds": `${this.#engines.shortTimeoutSeconds}` }
      : {};
    const retries = `${this.#trouble?.retries ?? 0}`;
    const { config } = organizations[organization];
    return this.#engines.open({ ...config(this.emulator), "rhombus:maxRetries": retries, ...timeout });
  }

  /** How the vendor behaves. */
  get behaviours(): Behaviours {
    return this.emulator.behaviours;
  }

  /** What the program declares. */
  declared(): DeclaredResource[] {
    return [...this.program].map(([slot, { logical, inputs }]) => ({ logical, slot: slots[slot], inputs }));
  }

  /** All objects of an organization. */
  remote(organization: OrganizationName): Remote {
    return remoteOf(this.emulator, organizations[organization].orgUuid);
  }

  /** The ids of the objects that the state holds. */
  held(): ReadonlySet<string> {
    return new Set(this.deployment.names().flatMap((name) => this.#remoteId(this.deployment.stored(name)) ?? []));
  }

  /** Carries out one step, unless it makes no sense. */
  async take(step: Step): Promise<void> {
    if (await this.#taken(step)) this.steps++;
  }

  /**
   * Runs an operation of the engine's and compares what it did with what it may do.
   * @param operation What to run.
   * @param trouble What goes wrong.
   * @param isQuiet Whether nothing at the vendor's may change. Default false.
   */
  async witness(operation: () => Promise<Outcome[]>, trouble?: Trouble, isQuiet = false): Promise<Outcome[]> {
    await this.#settleReads();
    const before = this.#everything();
    const { outcomes, isTroubled } = await this.#during(trouble, operation);
    const after = this.#everything();
    for (const [name, remote] of after) {
      const own = outcomes.filter(({ organization }) => organization === name);
      const { behaviours } = this;
      if (isQuiet) assert.deepEqual(remote, before.get(name));
      explain({ before: before.get(name) ?? [], after: remote, outcomes: own, behaviours, isTroubled });
      this.#noteStrays(before.get(name) ?? [], remote, own);
    }
    return outcomes;
  }

  /** Plans, and compares the plans with the model's. Nothing at the vendor's may change. */
  async preview(): Promise<Outcome[]> {
    await this.#settleReads();
    const before = this.#everything();
    const outcomes = await this.deployment.preview(this.declared());
    for (const outcome of outcomes) explainPlan(outcome);
    assert.deepEqual(this.#everything(), before);
    return outcomes;
  }

  /** Puts a resource into the program, or other inputs of it; not two of one name, and nothing that no check would pass. */
  declare(slot: SlotName, inputs: Branch): boolean {
    const { type, organization } = slots[slot];
    const isTaken = [...this.program].some(([other, entry]) => {
      const same = slots[other].organization === organization;
      return other !== slot && same && keyOf(slots[other].type, entry.inputs) === keyOf(type, inputs);
    });
    if (isTaken) return false;
    this.program.set(slot, { logical: this.program.get(slot)?.logical ?? this.#logicalOf(slot), inputs });
    return true;
  }

  /** Gives a resource another name in the program. */
  rename(slot: SlotName, way: "plain" | "adopt" | "alias"): boolean {
    const entry = this.program.get(slot);
    if (entry === undefined) return false;
    this.#renames.set(slot, (this.#renames.get(slot) ?? 0) + 1);
    const logical = this.#logicalOf(slot);
    if (way === "alias") this.deployment.alias(entry.logical, logical);
    const inputs = way === "adopt" ? { ...entry.inputs, adopt: true } : entry.inputs;
    this.program.set(slot, { logical, inputs });
    return true;
  }

  /** Runs an operation, and finds out whether anything went wrong on the way. */
  async #during(trouble: Trouble | undefined, operation: () => Promise<Outcome[]>) {
    const { emulator } = this;
    emulator.clearRequests();
    const planned = trouble === undefined ? undefined : emulator.fail(planOf(trouble));
    this.#trouble = trouble;
    const outcomes = await operation();
    this.#trouble = undefined;
    emulator.clearFaults();
    const isStruck = planned !== undefined && planned.remaining < (trouble?.times ?? 0);
    const isFelt = trouble !== undefined && (isStruck || isSilent(trouble)) && !isOvercome(trouble);
    return { outcomes, isTroubled: isFelt || emulator.requests().some(({ status }) => status === 500) };
  }

  /** What an operation has made and the state does not hold: a killed process could not tell of it, and any other has to. */
  #noteStrays(before: Remote, after: Remote, outcomes: readonly Outcome[]): void {
    const kept = this.held();
    const fresh = after.filter(({ id }) => !kept.has(id) && !before.some((each) => each.id === id));
    for (const object of fresh) {
      const isTold = outcomes.some((each) => this.#remoteId(each.after) === object.id || isToldOf(each, object));
      const said = () =>
        outcomes.map((each) => `${each.logical} (${each.step}, ${each.result}): ${each.said}`).join("\n");
      assert.ok(isTold, `nobody has been told of ${object.type} ${object.id}, which is not in the state:\n${said()}`);
      this.strays.add(object.id);
    }
  }

  async #taken(step: Step): Promise<boolean> {
    switch (step.do) {
      case "declare":
        return this.declare(step.slot, inputsFor(step, this.behaviours));
      case "drop":
        return this.program.delete(step.slot);
      case "change":
        return this.#change(step.slot, step);
      case "rename":
        return this.rename(step.slot, step.way);
      case "outside":
        return this.#outside(step.slot, step);
      case "make":
        return this.#make(step.slot);
      case "remove":
        return this.#remove(step.slot);
      case "preview":
        await this.preview();
        return true;
      case "refresh":
        await this.witness(() => this.deployment.refresh(), step.trouble, true);
        return true;
      case "destroy":
        await this.witness(() => this.deployment.destroy(), step.trouble);
        return true;
      case "up": {
        const { lost, ...manner } = step;
        const name = lost === undefined ? undefined : this.program.get(lost)?.logical;
        await this.witness(() => this.deployment.up(this.declared(), { ...manner, lost: name }), step.trouble);
        return true;
      }
    }
  }

  #change(slot: SlotName, { path, value }: { path: readonly string[]; value?: Tree }): boolean {
    const entry = this.program.get(slot);
    if (entry === undefined || isIdle(entry.inputs, path, value)) return false;
    const changed = planted(entry.inputs, path, value);
    return isBranch(changed) && this.declare(slot, acceptable(slot, changed, this.behaviours));
  }

  /** Somebody at the console changes the object of a resource, or one that could be its. */
  #outside(slot: SlotName, { path, value }: { path: readonly string[]; value?: Tree }): boolean {
    const { type, organization } = slots[slot];
    const object = this.#objectOf(slot);
    if (object === undefined || isIdle(object.tree, path, value)) return false;
    const tree = planted(object.tree, path, value);
    const isTaken = this.remote(organization).some((other) => {
      return other.id !== object.id && keyOf(other.type, other.tree) === keyOf(type, tree);
    });
    if (isTaken && type === "AccessControlGroup" && this.behaviours.groupNames === "unique") return false;
    rewrite(this.emulator.console(organizations[organization].orgUuid), object, tree);
    return true;
  }

  #make(slot: SlotName): boolean {
    const { type, organization, least } = slots[slot];
    const { behaviours } = this;
    const remote = this.remote(organization);
    const isThere = remote.some((other) => keyOf(other.type, other.tree) === keyOf(type, least));
    const mayRepeat =
      NAME_OF[type] !== undefined && (type === "OnGuardIntegration" || behaviours.groupNames !== "unique");
    if (isThere && !mayRepeat) return false;
    const console = this.emulator.console(organizations[organization].orgUuid);
    if (type === "AccessControlGroup") console.addGroup({ name: String(least.name), description: "By hand" });
    else if (type === "OnGuardIntegration") console.addOnGuard({ displayName: String(least.displayName) });
    else if (type === "GeneaIntegration") console.setGenea({ apiToken: String(least.apiToken) });
    else console.setKisi({ apiSecretKey: String(least.apiSecretKey) });
    for (const { id } of this.remote(organization)) if (!remote.some((each) => each.id === id)) this.foreign.add(id);
    return true;
  }

  #remove(slot: SlotName): boolean {
    const object = this.#objectOf(slot);
    if (object === undefined) return false;
    const console = this.emulator.console(organizations[slots[slot].organization].orgUuid);
    if (object.type === "AccessControlGroup") console.removeGroup(object.id);
    else if (object.type === "OnGuardIntegration") console.removeOnGuard(String(object.secrets.rhombusToken));
    else if (object.type === "GeneaIntegration") console.removeGenea();
    else console.removeKisi();
    return true;
  }

  /** The object of a resource in the state; else one that could be its. */
  #objectOf(slot: SlotName) {
    const { type, organization, least } = slots[slot];
    const remote = this.remote(organization);
    const entry = this.program.get(slot);
    const state = this.deployment.stored(entry?.logical ?? this.#logicalOf(slot));
    const id = this.#remoteId(state);
    const key = keyOf(type, entry?.inputs ?? least);
    const found = remote.find((each) => each.id === id) ?? remote.find((each) => keyOf(each.type, each.tree) === key);
    return found?.id === "kisi V1" ? undefined : found;
  }

  #remoteId(state: ResourceState | undefined): string | undefined {
    return remoteIdIn(state, this.behaviours.kisiVersions === "separate");
  }

  #logicalOf(slot: SlotName): string {
    return `${slot}${this.#renames.get(slot) ?? ""}`;
  }

  #everything(): ReadonlyMap<OrganizationName, Remote> {
    return new Map((["acme", "bluebird"] as const).map((name) => [name, this.remote(name)]));
  }

  /** Reads that lag show what was, which nobody can know: what is tested begins when they have caught up. */
  async #settleReads(): Promise<void> {
    const { readLagMs } = this.behaviours;
    if (readLagMs > 0) await new Promise((resolve) => setTimeout(resolve, readLagMs + 2));
  }
}

function inputsFor({ slot, fields, adopt }: Extract<Step, { do: "declare" }>, behaviours: Behaviours): Branch {
  const { least, fields: values } = slots[slot];
  const others = Object.entries(fields).map(([name, which = 0]) => [name, values[name]?.[which]] as const);
  return acceptable(slot, { ...least, ...branch(others), ...(adopt ? { adopt } : {}) }, behaviours);
}

const ONLY_V1 = ["placeId", "doorInfoMap", "doorToCameraMap", "alertUnauthorizedFaces", "createSeekPoints"].concat(
  "identifyFacesFromBadge",
  "saveClips",
);

/** The inputs without those that belong to the other version of Kisi, or to one that the vendor has removed. */
function acceptable(slot: SlotName, inputs: Branch, { kisiVersions }: Behaviours): Branch {
  if (slots[slot].type !== "KisiIntegration") return inputs;
  const { apiVersion, ...others } = inputs;
  if (apiVersion === "V1" && kisiVersions !== "v1-removed") return inputs;
  const shared = branch(Object.entries(others).filter(([name]) => !ONLY_V1.includes(name)));
  return apiVersion === "V2" ? { ...shared, apiVersion } : shared;
}

/** Whether the user has been told that an object may be there. */
function isToldOf({ type, result, said }: Outcome, object: RemoteObject): boolean {
  const field = NAME_OF[type];
  const name = field === undefined ? type.replace("Integration", "") : JSON.stringify(object.tree[field] ?? "");
  const isNamed = type === object.type && result !== "ok" && said.includes(name);
  return isNamed && /may have been created|exists (?:now|already)|could not be removed again/.test(said);
}

/** Whether a change would change nothing. */
function isIdle(tree: Tree, path: readonly string[], value: Tree | undefined): boolean {
  return isDeepStrictEqual(
    path.reduce<Tree | undefined>((found, name) => at(found, name), tree),
    value,
  );
}

/**
 * Plays a sequence from an empty stack on.
 * @param sequence The sequence.
 * @param engines Where the processes come from.
 * @param ending What happens when all steps are taken.
 * @returns How many steps made sense.
 */
export async function play(
  { behaviours, steps }: Sequence,
  engines: Engines,
  ending: (world: World) => Promise<void>,
): Promise<number> {
  const emulator = await startEmulator({ behaviours: { ...defaultBehaviours, ...behaviours } });
  try {
    const world = new World(emulator, engines);
    for (const step of steps) await world.take(step);
    await ending(world);
    return world.steps;
  } finally {
    await emulator.close();
  }
}
