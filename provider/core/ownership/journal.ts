import type { NaturalKey } from "../resource/definition";
import type { InstanceId } from "../resource/instanceId";
import { areSame, type Values } from "../schema/values";
import type { Fingerprint } from "./fingerprint";
import { mapKey } from "./mapKey";

/** A resource of the program, as it was checked. */
export interface CheckedResource {
  /** Its type. */
  readonly type: string;
  /** Its natural key, for comparison. */
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
  readonly instanceId: InstanceId;
  /** The natural key that the program declares. */
  readonly key: NaturalKey;
  /** The fingerprint of the object in the state. Absent: not known. */
  readonly fingerprint?: Fingerprint;
  /** The inputs that the program declares. Absent for a legacy state. */
  readonly newInputs?: Values;
  /** The object of a singleton is to be replaced. Default false. */
  readonly isReplaced?: boolean;
}

/** The program that runs in this process, as far as the front end has checked and compared its resources. */
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

  /**
   * Records a comparison. It is ignored until a resource was checked: without a program, nothing declares the resource.
   * @param resource The resource.
   */
  recordComparison(resource: ComparedResource): void {
    if (this.#checked.length > 0) this.#compared.set(mapKey(resource.type, resource.id), resource);
  }

  /**
   * Records that the comparison planned a replacement. The new object of a singleton has the id of the old one.
   * @param type The resource's type.
   * @param id Its id.
   */
  recordReplacement(type: string, id: string): void {
    const resource = this.comparisonOf(type, id);
    if (resource !== undefined && this.isSingleton(type)) this.recordComparison({ ...resource, isReplaced: true });
  }

  /**
   * Records that the object of a resource was deleted.
   * @param type The resource's type.
   * @param id Its id.
   */
  recordDeletion(type: string, id: string): void {
    this.#compared.delete(mapKey(type, id));
  }

  /**
   * The resource that was compared under an id; `undefined` if none was.
   * @param type The resource's type.
   * @param id Its id.
   */
  comparisonOf(type: string, id: string): ComparedResource | undefined {
    return this.#compared.get(mapKey(type, id));
  }

  /**
   * Tests whether a type has one object per organization.
   * @param type The type.
   */
  isSingleton(type: string): boolean {
    return this.#checked.some((each) => each.type === type && each.singleton !== undefined);
  }

  /**
   * Tests whether the object in the state of a singleton may be gone already. To continue an interrupted replacement, the engine
   * compares the resource with its state, and then checks the same inputs again, without those of the state. A second
   * resource that declares the same inputs causes the same calls; where it adopts, comparing the instance ids reveals it.
   * @param type The resource's type.
   */
  continuesInterruptedReplacement(type: string): boolean {
    const singletons = this.#checked.flatMap((each) => (each.type === type && each.singleton ? [each.singleton] : []));
    return singletons.some(({ declared, isInState }, at) => {
      const isSame = (earlier: (typeof singletons)[number]) => earlier.isInState && areSame(earlier.declared, declared);
      return !isInState && singletons.slice(0, at).some(isSame);
    });
  }

  /**
   * The names in the program of the resources with these natural keys.
   * @param type The resources' type.
   * @param keys The natural keys, for comparison.
   */
  namesOf(type: string, keys: readonly (string | undefined)[]): readonly string[] {
    const named = keys.flatMap((key) => this.#checked.filter((each) => each.type === type && each.key === key));
    return [...new Set(named.flatMap(({ name }) => (name === undefined ? [] : [name])))];
  }
}
