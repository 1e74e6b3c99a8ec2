import type { Definition, NaturalKey, Observed, Origin } from "../resource/definition";
import { LifecycleError } from "../resource/lifecycleError";
import { messages } from "../resource/messages";
import { type ComparedResource, Journal } from "./journal";
import { Locks } from "./locks";

/** The reservation of a natural key by one resource until its operation ends, or until the object is deleted if it is committed. */
export interface Reservation {
  /**
   * Refuses an existing object that another resource manages.
   * @param observed The object.
   * @throws LifecycleError that names both resources.
   */
  refuseOwned(observed: Observed): void;
  /**
   * Makes the resource the owner of an object. It is undone if the reservation is not committed.
   * @param observed The object.
   * @param origin Its origin. If it was created, lagging reads may not have shown that another resource manages it.
   * @param instanceId The instance id that its state gets.
   * @throws LifecycleError if another resource manages the object.
   */
  own(observed: Observed, origin: Origin, instanceId: string): void;
  /** Keeps the reservation when the operation ends: the object exists. */
  commit(): void;
}

/**
 * The memory that the operations of one process share: which resource manages which object, which natural keys are reserved
 * and which objects are locked. A resource manages the object that it created or adopted, or whose id its state had when
 * it was compared. The engine starts a process for each deployment and provider, so the memory lasts for one deployment,
 * and does not have the resources that `--target` excludes.
 */
export class Ownership {
  /** The program, as the engine has shown it. */
  readonly journal = new Journal();
  /** The locks of the objects that are being written. */
  readonly locks = new Locks();
  /** The natural key of the resource that created or adopted an object, by the object's type and id. */
  readonly #owners = new Map<string, string>();
  /** The types and natural keys that are held. */
  readonly #reserved = new Set<string>();
  /** The types and ids of deleted objects. */
  readonly #deleted = new Set<string>();

  /**
   * Records the comparison of a resource with its state.
   * @param resource The resource.
   * @throws LifecycleError that names both resources if another one manages its object.
   */
  recordComparison(resource: ComparedResource): void {
    const { type, id, instanceId, key } = resource;
    if (this.isOwnedByOther(type, id, instanceId))
      throw this.#twoResources(type, key.label, [this.#ownerOf(type, id), key.value]);
    this.journal.recordComparison(resource);
  }

  /**
   * True if a resource other than the one with this instance id manages an object.
   * @param type The resource's type.
   * @param id The object's id.
   * @param instanceId The instance id in the state of the resource that asks; `undefined` in a state that no operation has written.
   */
  isOwnedByOther(type: string, id: string, instanceId: string | undefined): boolean {
    const compared = this.journal.comparisonOf(type, id);
    return this.#owners.has(`${type} ${id}`) || (compared !== undefined && compared.instanceId !== instanceId);
  }

  /**
   * Reserves a natural key while an operation runs, so that no two resources create or rename to the same one.
   * @param definition The resource.
   * @param key The natural key.
   * @param task The operation.
   * @throws LifecycleError if another resource holds the natural key.
   */
  async reserve<T>(
    { type, createsReplacementFirst }: Pick<Definition, "type" | "createsReplacementFirst">,
    key: NaturalKey,
    task: (reservation: Reservation) => Promise<T>,
  ): Promise<T> {
    const name = `${type} ${key.value}`;
    if (this.#reserved.has(name)) throw this.#twoResources(type, key.label, [key.value]);
    this.#reserved.add(name);
    let owned: string | undefined;
    let isCommitted = false;
    const refuseOwned = ({ id }: Observed) => {
      if (!this.#isManaged(type, id)) return;
      const owner = this.#ownerOf(type, id);
      const isReplacement =
        createsReplacementFirst && owner === key.value && this.#namesUnder(type, [owner]).length === 1;
      if (isReplacement) throw new LifecycleError(messages.replacedUnderSameKey(key.label));
      throw this.#twoResources(type, key.label, [owner, key.value]);
    };
    try {
      return await task({
        refuseOwned,
        own: (observed, origin, instanceId) => {
          const { id } = observed;
          if (origin === "existing") refuseOwned(observed);
          const isAnothers = origin === "created" && this.isOwnedByOther(type, id, instanceId);
          if (isAnothers) throw new LifecycleError(messages.answeredWithManagedObject(key.label, id));
          owned = `${type} ${id}`;
          this.#owners.set(owned, key.value);
        },
        commit: () => {
          isCommitted = true;
        },
      });
    } finally {
      if (!isCommitted) this.#reserved.delete(name);
      if (!isCommitted && owned !== undefined) this.#owners.delete(owned);
    }
  }

  /**
   * True if a replacement has created the new object, which holds its natural key. Only the names in the program show that the
   * holder is not another resource.
   * @param definition The resource.
   * @param key The natural key of the new object.
   */
  isReplacementCreated({ type }: Pick<Definition, "type">, key: NaturalKey): boolean {
    return this.#reserved.has(`${type} ${key.value}`) && this.#namesUnder(type, [key.value]).length <= 1;
  }

  /**
   * Records that an object was deleted: its id and its natural key are free.
   * @param type The resource's type.
   * @param id The object's id.
   * @param key The comparable form of the natural key.
   */
  recordDeletion(type: string, id: string, key: string): void {
    this.journal.removeComparison(type, id);
    this.#owners.delete(`${type} ${id}`);
    this.#deleted.add(`${type} ${id}`);
    this.#reserved.delete(`${type} ${key}`);
  }

  /**
   * True if this process deleted an object, so that a read that still shows it lags behind.
   * @param type The resource's type.
   * @param id The object's id.
   */
  wasDeleted(type: string, id: string): boolean {
    return this.#deleted.has(`${type} ${id}`);
  }

  /**
   * True if a resource manages an existing object. The object may be the successor of the one in a state: an
   * interrupted replacement has deleted the old object already, and continues with the creation.
   */
  #isManaged(type: string, id: string): boolean {
    if (this.#owners.has(`${type} ${id}`)) return true;
    const compared = this.journal.comparisonOf(type, id);
    return compared !== undefined && !compared.isReplaced && !this.journal.mayContinueReplacement(type);
  }

  /** The natural key of the resource that manages an object; `undefined` if it is not known. */
  #ownerOf(type: string, id: string): string | undefined {
    return this.#owners.get(`${type} ${id}`) ?? this.journal.comparisonOf(type, id)?.key.value;
  }

  /** The names in the program of the resources that were checked under one of these natural keys, each once. */
  #namesUnder(type: string, keys: readonly (string | undefined)[]): readonly string[] {
    return [...new Set(this.journal.checkedUnder(type, keys).flatMap(({ name }) => name ?? []))];
  }

  /** The error for two resources that manage one object, with the natural keys that they declare. A key that is not known is `undefined`. */
  #twoResources(type: string, label: string, keys: readonly (string | undefined)[]): LifecycleError {
    const checked = this.journal.checkedUnder(type, keys);
    const remedy = checked.some(({ singleton }) => singleton !== undefined)
      ? "Remove one of the two resources"
      : "Remove one of the two resources, or give it a name of its own";
    const names = this.#namesUnder(type, keys);
    return new LifecycleError(
      `${remedy}; after a rename in the program use \`aliases\`. Two ${type} resources of this program manage the same object: ` +
        `${label}.${namesText(names)}`,
    );
  }
}

/** The names as a sentence. Components may give the same name to both resources, so that there is only one name. */
function namesText(names: readonly string[]): string {
  if (names.length === 0) return "";
  const listed = new Intl.ListFormat("en-GB").format(names.map((name) => JSON.stringify(name)));
  if (names.length === 1) return ` One of them is ${listed}.`;
  return ` They are ${names.length > 2 ? "two of " : ""}${listed}.`;
}
