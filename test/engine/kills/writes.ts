import type { LoggedRequest } from "../../../provider/emulator";

/** The types of resources. A program of these tests has one resource of each. */
export const typeNames = ["AccessControlGroup", "GeneaIntegration", "KisiIntegration", "OnGuardIntegration"] as const;

/** The type of a resource. */
export type TypeName = (typeof typeNames)[number];

/** Which write of each type: 1 is the first one. */
export type Moments = Readonly<Partial<Record<TypeName, number>>>;

/** Keeps back the answers of writes that Rhombus has carried out, so that a test can act while nobody knows of them. */
export class Writes {
  readonly #counts = new Map<TypeName, number>();
  readonly #held = new Set<TypeName>();
  #moments: Moments = {};
  #released: Promise<void> = Promise.resolve();
  #release = () => {};
  #reached = () => {};

  /** Listens to an emulator, as its `onRequest`. */
  readonly listen = (request: LoggedRequest): Promise<void> | undefined => {
    const type = typeWritten(request);
    if (type === undefined) return undefined;
    const count = (this.#counts.get(type) ?? 0) + 1;
    this.#counts.set(type, count);
    if (this.#moments[type] !== count) return undefined;
    this.#held.add(type);
    if (this.#held.size === Object.keys(this.#moments).length) this.#reached();
    return this.#released;
  };

  /**
   * Counts anew, and holds one write of each of these types.
   * @param moments Which write of which type.
   * @returns Waits until all of them are held; not at all, where there are none.
   */
  hold(moments: Moments): Promise<void> {
    this.#counts.clear();
    this.#held.clear();
    this.#moments = moments;
    this.#released = new Promise((resolve) => {
      this.#release = resolve;
    });
    return new Promise((resolve) => {
      this.#reached = resolve;
      if (Object.keys(moments).length === 0) resolve();
    });
  }

  /** Lets the answers go, and holds no more. */
  release(): void {
    this.#moments = {};
    this.#release();
  }

  /** How many writes of a type there were since the last {@link hold}. */
  count(type: TypeName): number {
    return this.#counts.get(type) ?? 0;
  }
}

function typeWritten({ operation }: LoggedRequest): TypeName | undefined {
  if (operation === undefined || !/^(?:create|update|delete|add|remove)[A-Z]/.test(operation)) return undefined;
  return typeNames.find((type) => operation.includes(type.replace("Integration", "")));
}
