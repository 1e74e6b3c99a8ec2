import type { InstanceId } from "../resource/instanceId";
import { areDifferent, areIncomparable, type Fingerprint } from "./fingerprint";
import type { ComparedResource, Journal } from "./journal";
import { mapKey } from "./mapKey";
import { twoResources } from "./twoResources";

/** The resource that created or adopted an object. */
export interface Owner {
  /** The instance id in its state. */
  readonly instanceId: InstanceId;
  /** The natural key that it declares, for comparison. */
  readonly key: string;
}

/** An object that is to be adopted. */
export interface FoundObject {
  /** Its id. */
  readonly id: string;
  /** The object, for messages. */
  readonly label: string;
  /** The natural key that the adopting resource declares, for comparison. */
  readonly key: string;
  /** Its fingerprint; empty where it has none. */
  readonly fingerprint: Fingerprint;
}

/**
 * Which resource of this process manages which object: the one that created or adopted it, else the one that was compared
 * with a state that has its id.
 */
export class Ownership {
  readonly #owners = new Map<string, Owner>();
  readonly #deleted = new Set<string>();
  readonly #journal: Journal;

  /**
   * Starts with the resources that the journal has.
   * @param journal The program.
   */
  constructor(journal: Journal) {
    this.#journal = journal;
  }

  /**
   * Adds a resource that created or adopted an object.
   * @param type The resource's type.
   * @param id The object's id.
   * @param owner The resource.
   */
  add(type: string, id: string, owner: Owner): void {
    this.#owners.set(mapKey(type, id), owner);
  }

  /**
   * Removes a resource whose creation or adoption failed.
   * @param type The resource's type.
   * @param id The object's id.
   */
  remove(type: string, id: string): void {
    this.#owners.delete(mapKey(type, id));
  }

  /**
   * Tests whether a resource other than the one with this instance id manages an object.
   * @param type The resource's type.
   * @param id The object's id.
   * @param instanceId The instance id in the state of the resource that asks.
   */
  isOwnedByOther(type: string, id: string, instanceId: InstanceId): boolean {
    const compared = this.#journal.comparisonOf(type, id);
    return this.#owners.has(mapKey(type, id)) || (compared !== undefined && compared.instanceId !== instanceId);
  }

  /**
   * Refuses the comparison of a resource whose object another resource manages.
   * @param resource The resource.
   * @throws LifecycleError that names both.
   */
  refuseSecondOwner({ type, id, instanceId, key }: ComparedResource): void {
    if (!this.isOwnedByOther(type, id, instanceId)) return;
    const { key: other } = this.#owners.get(mapKey(type, id)) ?? {};
    throw twoResources(this.#journal, type, key.label, [
      other ?? this.#journal.comparisonOf(type, id)?.key.value,
      key.value,
    ]);
  }

  /**
   * Refuses to adopt an object that another resource manages. The object may be the successor of the one in a state: an
   * interrupted replacement has deleted the old object already, and continues with the creation.
   * @param type The resource's type.
   * @param found The object.
   * @throws LifecycleError that names both resources.
   */
  refuseOwned(type: string, { id, label, key, fingerprint }: FoundObject): void {
    const owner = this.#owners.get(mapKey(type, id));
    const compared = this.#journal.comparisonOf(type, id);
    if (owner === undefined && (compared === undefined || this.#isSucceeded(compared, fingerprint))) return;
    throw twoResources(this.#journal, type, label, [owner?.key ?? compared?.key.value, key]);
  }

  #isSucceeded({ type, isReplaced = false, fingerprint: old }: ComparedResource, found: Fingerprint): boolean {
    if (isReplaced) return true;
    if (old === undefined) return false;
    return (
      areDifferent(old, found) || (this.#journal.continuesInterruptedReplacement(type) && areIncomparable(old, found))
    );
  }

  /**
   * Records that an object was deleted: its id is free.
   * @param type The resource's type.
   * @param id The object's id.
   */
  recordDeletion(type: string, id: string): void {
    this.#owners.delete(mapKey(type, id));
    this.#deleted.add(mapKey(type, id));
  }

  /**
   * Tests whether this process deleted an object, so that a read that still shows it lags behind.
   * @param type The resource's type.
   * @param id The object's id.
   */
  wasDeleted(type: string, id: string): boolean {
    return this.#deleted.has(mapKey(type, id));
  }
}
