import type { LoggedRequest } from "../../../provider/emulator";
import { type ResourceType, resourceTypes } from "../../../provider/resources/registry";

/** Holds the answers of writes that Rhombus has carried out. */
export class Writes {
  readonly #held = new Set<ResourceType>();
  #released: Promise<void> | undefined;
  #release = () => {};
  #allHeld = () => {};

  /** The `onRequest` of an emulator. */
  readonly onRequest = ({ operation }: LoggedRequest): Promise<void> | undefined => {
    if (operation === undefined || !/^(?:create|update|delete|add|remove)[A-Z]/.test(operation)) return undefined;
    const type = resourceTypes.find((each) => operation.includes(each.replace("Integration", "")));
    if (type === undefined || this.#released === undefined || this.#held.has(type)) return undefined;
    this.#held.add(type);
    if (this.#held.size === resourceTypes.length) this.#allHeld();
    return this.#released;
  };

  /** Holds the next write of each type. The result waits until all of them are held. */
  hold(): Promise<void> {
    this.#held.clear();
    this.#released = new Promise((resolve) => {
      this.#release = resolve;
    });
    return new Promise((resolve) => {
      this.#allHeld = resolve;
    });
  }

  /** Sends the answers, and holds no further writes. */
  release(): void {
    this.#released = undefined;
    this.#release();
  }
}
