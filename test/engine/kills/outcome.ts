import { isDeepStrictEqual } from "node:util";
import { runtime } from "@pulumi/pulumi";
import type { OrganizationConsole } from "../../../provider/emulator";
import { resourceTypes } from "../../../provider/resources/registry";
import { resourceFacts } from "../../resources/facts";
import type { StoredResource } from "../stack";

/** The number of killed writes, and everything that is wrong after the recovery. */
export class Outcome {
  /** The number of writes whose answer nobody received. */
  scenarios = 0;
  /** Plans that show a change although nothing changed, and errors without a remedy. */
  readonly unexplained: string[] = [];
  readonly #orphans: string[] = [];
  readonly #duplicates: string[] = [];
  readonly #lostSecrets: string[] = [];

  /** All counts in one line. */
  line(): string {
    return (
      `kills: ${this.scenarios} scenarios, ${this.#orphans.length} orphans, ${this.#duplicates.length} duplicates, ` +
      `${this.#lostSecrets.length} lost secrets, ${this.unexplained.length} unexplained plans`
    );
  }

  /** Everything that is wrong. */
  findings(): string[] {
    return [...this.#orphans, ...this.#duplicates, ...this.#lostSecrets, ...this.unexplained];
  }

  /**
   * Compares a stack with the objects in Rhombus.
   * @param scenario The scenario, for messages.
   * @param resources The resources of the stack with their secrets.
   * @param console The organization's console.
   * @param foreign The ids of objects that are not the stack's.
   */
  compare(
    scenario: string,
    resources: readonly StoredResource[],
    console: OrganizationConsole,
    foreign: readonly string[],
  ): void {
    for (const type of resourceTypes) {
      const stored = resources.filter(({ urn }) => urn.includes(`dynamic/rhombus:${type}::`));
      const objects = resourceFacts[type].objects(console).filter(({ id }) => !foreign.includes(id));
      const names = objects.map(({ properties }) => properties.name ?? properties.displayName ?? type);
      const repeated = names.filter((name, index) => names.indexOf(name) < index);
      this.#duplicates.push(...repeated.map((name) => `${scenario}: ${type} ${name} exists more than once`));
      for (const { id, secrets } of objects) {
        const own = stored.find((each) => each.id === id);
        if (own === undefined) this.#orphans.push(`${scenario}: ${type} ${id} is in no state`);
        else {
          const lost = Object.entries(secrets).filter(
            ([name, secret]) => !isStored(Reflect.get(own.outputs, name), secret),
          );
          this.#lostSecrets.push(...lost.map(([name]) => `${scenario}: ${name} of ${type}`));
        }
      }
    }
  }
}

/** True if the output is encrypted and has the value. */
function isStored(output: unknown, secret: unknown): boolean {
  if (secret === undefined || secret === null || isDeepStrictEqual(secret, {})) return true;
  const { [runtime.specialSigKey]: mark, plaintext }: Record<string, unknown> = Object(output);
  return mark === runtime.specialSecretSig && isDeepStrictEqual(JSON.parse(String(plaintext)), secret);
}
