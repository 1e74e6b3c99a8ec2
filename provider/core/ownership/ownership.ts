import type { NaturalKey } from "../resource/definition";
import type { InstanceId } from "../resource/instanceId";
import { LifecycleError } from "../resource/lifecycleError";
import { areSame, type Values } from "../schema/values";
import { areDifferent, areIncomparable, type Fingerprint } from "./fingerprint";

interface Owner {
  /** `replaced`: compared, and its object is to make room for another one. */
  readonly since: "diffed" | "replaced" | "made";
  readonly instanceId: InstanceId;
  /** The natural key that the program declares for it, where known. */
  readonly key?: string | undefined;
  readonly fingerprint?: Fingerprint;
}

/** An object that is to be adopted. */
export interface Found {
  /** Its id. */
  readonly id: string;
  /** What it is, for people. */
  readonly label: string;
  /** The natural key that the resource declares which is to adopt it. */
  readonly key?: string;
  /** What only this object has. Absent: nothing is known. */
  readonly fingerprint?: Fingerprint;
}

/**
 * Which objects the resources of this process answer for. An engine starts one process for each operation and provider,
 * so this is the memory of one deployment; what `--target` hides from it, it cannot know.
 */
export class Ownership {
  readonly #owners = new Map<string, Owner>();
  readonly #deleted = new Set<string>();
  readonly #keys = new Map<string, string>();
  readonly #declared = new Map<string, Values[]>();
  readonly #anew = new Set<string>();
  readonly #singletons = new Set<string>();
  readonly #names = new Map<string, Set<string>>();
  #checked = false;

  /** A program runs in this process: from now on a diff proves that a resource owns its id. */
  checked(): void {
    this.#checked = true;
  }

  /**
   * A resource was checked whose type has one object in an organization, always with the same id. When the engine goes on
   * with an interrupted replacement, it compares the resource with the state, and then checks the same inputs without those
   * of the state; nothing else tells that the object of the state is gone. A second resource that declares just the same
   * looks no different: where it adopts, the next comparison finds two marks.
   * @param type The resource's type.
   * @param declared What the program declares, before anything is made of it.
   * @param isInState Whether it was checked together with what the state declares.
   */
  checkedOnly(type: string, declared: Values, isInState: boolean): void {
    this.#singletons.add(type);
    const earlier = this.#declared.get(type) ?? [];
    if (isInState) this.#declared.set(type, [...earlier, declared]);
    else if (earlier.some((each) => areSame(each, declared))) this.#anew.add(type);
  }

  /**
   * A resource of the program was checked. Two that stand for one object are told by these names.
   * @param type The resource's type.
   * @param key The natural key that it declares, for comparing.
   * @param name Its name in the program.
   */
  named(type: string, key: string, name: string): void {
    const others = this.#names.get(nameOf(type, key)) ?? [];
    this.#names.set(nameOf(type, key), new Set([...others, name]));
  }

  /** Whether a program runs in this process. */
  get hasProgram(): boolean {
    return this.#checked;
  }

  /**
   * A resource of the program has this id.
   * @param type The resource's type.
   * @param id Its id.
   * @param instanceId The mark in its state.
   * @param known The natural key that it declares, and what only its object has, as far as the state knows.
   * @throws LifecycleError when another resource has that object: it made or adopted it in this deployment, or has another
   * mark in its state.
   */
  diffed(
    type: string,
    id: string,
    instanceId: InstanceId,
    { key, fingerprint }: { key?: NaturalKey; fingerprint?: Fingerprint } = {},
  ): void {
    const name = nameOf(type, id);
    const owner = this.#owners.get(name);
    if (owner !== undefined && (owner.since === "made" || owner.instanceId !== instanceId)) {
      throw this.#twoResources(type, key?.label ?? `the object with the id ${id}`, [owner.key, key?.value]);
    }
    if (!this.#checked) return;
    this.#owners.set(name, { since: "diffed", instanceId, key: key?.value, ...(fingerprint ? { fingerprint } : {}) });
  }

  /**
   * The object of a resource that was just compared makes room for another one, which may have the same id.
   * @param type The resource's type.
   * @param id Its id.
   */
  replaced(type: string, id: string): void {
    const owner = this.#owners.get(nameOf(type, id));
    if (owner?.since === "diffed") this.#owners.set(nameOf(type, id), { ...owner, since: "replaced" });
  }

  /**
   * Takes a natural key for an object that is about to be made, adopted or renamed.
   * @param type The resource's type.
   * @param key The natural key, for comparing.
   * @param label The natural key, for people.
   * @returns Gives the key free again.
   * @throws LifecycleError when another resource of this process holds it.
   */
  takeKey(type: string, key: string, label: string): () => void {
    const name = nameOf(type, key);
    if (this.#keys.has(name)) throw this.#twoResources(type, label, [key]);
    this.#keys.set(name, label);
    return () => {
      this.#keys.delete(name);
    };
  }

  /**
   * An object was made by a resource of this process.
   * @param type The resource's type.
   * @param id Its id.
   * @param instanceId The mark that its state gets.
   * @param key The natural key that the resource declares.
   */
  made(type: string, id: string, instanceId: InstanceId, key?: string): void {
    this.#owners.set(nameOf(type, id), { since: "made", instanceId, key });
  }

  /**
   * Refuses an object that another resource of this process answers for. Not so the successor of its object: a replacement
   * that was interrupted after its delete goes on with its creation, although nothing is deleted in this deployment.
   * @param type The resource's type.
   * @param found The object.
   * @throws LifecycleError when another resource of this process has it.
   */
  refuseOwned(type: string, { id, label, key, fingerprint }: Found): void {
    const owner = this.#owners.get(nameOf(type, id));
    if (owner === undefined || owner.since === "replaced") return;
    if (
      owner.since === "diffed" &&
      owner.fingerprint &&
      fingerprint &&
      this.#isSuccessor(type, owner.fingerprint, fingerprint)
    )
      return;
    throw this.#twoResources(type, label, [owner.key, key]);
  }

  #isSuccessor(type: string, old: Fingerprint, found: Fingerprint): boolean {
    return areDifferent(old, found) || (this.#anew.has(type) && areIncomparable(old, found));
  }

  /**
   * Takes an existing object for a resource of this process.
   * @param type The resource's type.
   * @param found The object.
   * @param instanceId The mark that its state gets.
   * @throws LifecycleError when another resource of this process has it.
   */
  adopt(type: string, found: Found, instanceId: InstanceId): void {
    this.refuseOwned(type, found);
    this.made(type, found.id, instanceId, found.key);
  }

  /**
   * Whether deleting this id would hit an object that another resource has: one that made or adopted it in the meantime, or
   * one that was compared in this deployment and has another mark.
   * @param type The resource's type.
   * @param id Its id.
   * @param instanceId The mark in the state of the resource that is deleted.
   */
  isTaken(type: string, id: string, instanceId: InstanceId): boolean {
    const owner = this.#owners.get(nameOf(type, id));
    return owner !== undefined && (owner.since === "made" || owner.instanceId !== instanceId);
  }

  /**
   * Whether an object was deleted by this process, so that a read that still shows it lags behind.
   * @param type The resource's type.
   * @param id Its id.
   */
  wasDeleted(type: string, id: string): boolean {
    return this.#deleted.has(nameOf(type, id));
  }

  /**
   * Nothing came of making or adopting an object.
   * @param type The resource's type.
   * @param id Its id.
   */
  forget(type: string, id: string): void {
    this.#owners.delete(nameOf(type, id));
  }

  /**
   * An object is gone: its id and its natural key are free.
   * @param type The resource's type.
   * @param id Its id.
   * @param key Its natural key, where known.
   */
  deleted(type: string, id: string, key: string | undefined): void {
    this.#owners.delete(nameOf(type, id));
    this.#deleted.add(nameOf(type, id));
    if (key !== undefined) this.#keys.delete(nameOf(type, key));
  }

  #twoResources(type: string, label: string, keys: readonly (string | undefined)[]): LifecycleError {
    const names = keys.flatMap((key) => (key === undefined ? [] : [...(this.#names.get(nameOf(type, key)) ?? [])]));
    const remedy = this.#singletons.has(type)
      ? "An organization has only one: remove one of the two resources"
      : "Remove one of them, or give it a name of its own";
    return new LifecycleError(
      "twoResources",
      `Two ${type} resources of this program stand for one object: ${label}. ${namesSaid([...new Set(names)])}` +
        `${remedy}; after a rename in the program use \`aliases\`.`,
    );
  }
}

function nameOf(type: string, what: string): string {
  return `${type} ${what}`;
}

/** Which resources they are, as a sentence. Components may have given the same name to both. */
function namesSaid(names: readonly string[]): string {
  if (names.length === 0) return "";
  const [last, ...others] = names.map((name) => JSON.stringify(name)).reverse();
  if (others.length === 0) return `One of them is ${last}. `;
  return `They are ${others.length > 1 ? "among " : ""}${others.reverse().join(", ")} and ${last}. `;
}
