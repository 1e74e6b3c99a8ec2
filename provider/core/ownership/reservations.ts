import type { NaturalKey } from "../resource/definition";
import type { InstanceId } from "../resource/instanceId";
import type { Journal } from "./journal";
import { mapKey } from "./mapKey";
import type { Ownership } from "./ownership";
import { twoResources } from "./twoResources";

/** A natural key that one resource holds until its operation ends, or until the object is deleted if it is committed. */
export interface Reservation {
  /**
   * Makes the resource the owner of the object with this key. It is undone together with the reservation.
   * @param id The object's id.
   * @param instanceId The instance id that its state gets.
   */
  own(id: string, instanceId: InstanceId): void;
  /** Keeps the reservation when the operation ends: the object exists. */
  commit(): void;
}

/** The natural keys that resources of this process hold, so that no two of them create or rename to the same one. */
export class Reservations {
  readonly #keys = new Set<string>();
  readonly #journal: Journal;
  readonly #ownership: Ownership;

  /**
   * Starts without reservations.
   * @param journal The program, for messages.
   * @param ownership The owners of the objects.
   */
  constructor(journal: Journal, ownership: Ownership) {
    this.#journal = journal;
    this.#ownership = ownership;
  }

  /**
   * Reserves a natural key while an operation runs. Unless the operation commits, the key is released when it ends.
   * @param type The resource's type.
   * @param key The natural key.
   * @param operation The operation.
   * @throws LifecycleError when another resource holds the key.
   */
  async hold<T>(type: string, key: NaturalKey, operation: (reservation: Reservation) => Promise<T>): Promise<T> {
    const name = mapKey(type, key.value);
    if (this.#keys.has(name)) throw twoResources(this.#journal, type, key.label, [key.value]);
    this.#keys.add(name);
    let owned: string | undefined;
    let isCommitted = false;
    try {
      return await operation({
        own: (id, instanceId) => {
          owned = id;
          this.#ownership.add(type, id, { instanceId, key: key.value });
        },
        commit: () => {
          isCommitted = true;
        },
      });
    } finally {
      if (!isCommitted) this.#keys.delete(name);
      if (!isCommitted && owned !== undefined) this.#ownership.remove(type, owned);
    }
  }

  /**
   * Releases the natural key of an object that was deleted.
   * @param type The resource's type.
   * @param key The natural key, for comparison.
   */
  release(type: string, key: string): void {
    this.#keys.delete(mapKey(type, key));
  }
}
