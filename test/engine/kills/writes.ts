import type { LoggedRequest } from "../../../provider/emulator";
import { type ResourceType, resourceTypes } from "../../../provider/resources/registry";

/** The number of a write of each type: 1 is the first one. */
export type WriteNumbers = Readonly<Partial<Record<ResourceType, number>>>;

/** Holds the answers of writes that Rhombus has carried out. */
export class Writes {
  readonly #counts = new Map<ResourceType, number>();
  readonly #held = new Set<ResourceType>();
  #wanted: WriteNumbers = {};
  #released: Promise<void> = Promise.resolve();
  #release = () => {};
  #allHeld = () => {};

  /** The `onRequest` of an emulator. */
  readonly onRequest = ({ operation }: LoggedRequest): Promise<void> | undefined => {
    if (operation === undefined || !/^(?:create|update|delete|add|remove)[A-Z]/.test(operation)) return undefined;
    const type = resourceTypes.find((each) => operation.includes(each.replace("Integration", "")));
    if (type === undefined) return undefined;
    const count = this.count(type) + 1;
    this.#counts.set(type, count);
    if (this.#wanted[type] !== count) return undefined;
    this.#held.add(type);
    if (this.#held.size === Object.keys(this.#wanted).length) this.#allHeld();
    return this.#released;
  };

  /** Counts from zero, and holds these writes. The result waits until all of them are held. */
  hold(wanted: WriteNumbers): Promise<void> {
    this.#counts.clear();
    this.#held.clear();
    this.#wanted = wanted;
    this.#released = new Promise((resolve) => {
      this.#release = resolve;
    });
    return new Promise((resolve) => {
      this.#allHeld = resolve;
      if (Object.keys(wanted).length === 0) resolve();
    });
  }

  /** Sends the answers, and holds no further writes. */
  release(): void {
    this.#wanted = {};
    this.#release();
  }

  /** The number of writes of a type since the last {@link hold}. */
  count(type: ResourceType): number {
    return this.#counts.get(type) ?? 0;
  }
}
