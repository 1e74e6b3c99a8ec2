import type { NaturalKey } from "../resource/definition";
import { areSame, type Values } from "../schema/values";

/** A resource of the program, as its inputs were checked. */
export interface CheckedResource {
  /** Its type. */
  readonly type: string;
  /** The comparable form of its natural key. */
  readonly key: string;
  /** Its name in the program. Absent: not known. */
  readonly name?: string;
  /** Present for a type with one object per organization, always under the same id. */
  readonly singleton?: {
    /** The inputs as the program declares them. */
    readonly declared: Values;
    /** The resource was checked together with the inputs in its state. */
    readonly isInState: boolean;
  };
}

/** A resource of the program, as it was compared with its state. */
export interface ComparedResource {
  /** Its type. */
  readonly type: string;
  /** The id in the state. */
  readonly id: string;
  /** The instance id in the state. */
  readonly instanceId: string | undefined;
  /** The natural key that the program declares. */
  readonly key: NaturalKey;
  /** The inputs that the program declares. Absent for a legacy state. */
  readonly newInputs?: Values;
  /** The object of a singleton is to be replaced by one with the same id. Default false. */
  readonly isReplaced?: boolean;
}

/** The program that runs in this process, as the engine shows it: first it checks each resource, then it compares it. */
export class Journal {
  readonly #checked: CheckedResource[] = [];
  readonly #compared = new Map<string, ComparedResource>();

  /**
   * Records a check.
   * @param resource The resource.
   */
  recordCheck(resource: CheckedResource): void {
    this.#checked.push(resource);
  }

  /** True if the program runs: `refresh` and `destroy` run it only on demand, and check nothing. */
  get hasProgram(): boolean {
    return this.#checked.length > 0;
  }

  /**
   * Records a comparison. It is ignored until a resource was checked: without a program, nothing declares the resource.
   * @param resource The resource.
   */
  recordComparison(resource: ComparedResource): void {
    if (this.hasProgram) this.#compared.set(`${resource.type} ${resource.id}`, resource);
  }

  /**
   * Removes the comparison of a resource whose object was deleted.
   * @param type The resource's type.
   * @param id The object's id.
   */
  removeComparison(type: string, id: string): void {
    this.#compared.delete(`${type} ${id}`);
  }

  /**
   * The resource that was compared under an id; `undefined` if none was.
   * @param type The resource's type.
   * @param id The object's id.
   */
  comparisonOf(type: string, id: string): ComparedResource | undefined {
    return this.#compared.get(`${type} ${id}`);
  }

  /**
   * The checked resources of a type with one of these natural keys.
   * @param type The type.
   * @param keys The comparable forms of the natural keys.
   */
  checkedUnder(type: string, keys: readonly (string | undefined)[]): readonly CheckedResource[] {
    return keys.flatMap((key) => this.#checked.filter((each) => each.type === type && each.key === key));
  }

  /**
   * True if a replacement of a singleton may have been interrupted after its delete. The engine continues it by
   * checking the same inputs again, without those of the state. A second resource with the same inputs causes the same
   * calls; if it adopts the object, comparing the instance ids reveals it.
   * @param type The singleton's type.
   */
  mayContinueReplacement(type: string): boolean {
    const checks = this.#checked.flatMap((each) => (each.type === type && each.singleton ? [each.singleton] : []));
    return checks.some(
      (again, at) =>
        !again.isInState &&
        checks.slice(0, at).some(({ isInState, declared }) => isInState && areSame(declared, again.declared)),
    );
  }
}
