import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { reportCounts } from "../../reportCounts";
import { formsOf, partsOf } from "./secretForms";

/** A secret that was found in a channel. */
export interface Leak {
  readonly channel: string;
  readonly canary: string;
  readonly form: string;
  /** The text around it, without the secret itself. */
  readonly around: string;
}

/** The secrets that all suites of this run have searched for, by channel, and the leaks. */
const searched = new Map<string, Set<string>>();
const allLeaks = new Set<Leak>();

after("prints the counts of the suites about secrets", () => {
  const canaries = new Set([...searched.values()].flatMap((names) => [...names]));
  if (searched.size > 0)
    reportCounts(`secrets: ${canaries.size} canaries × ${searched.size} channels, ${allLeaks.size} leaks`);
});

/** Searches channels for secrets, over one scenario or several. */
export class LeakScan {
  /** A text that is not secret. A channel in which it does not appear was not recorded. */
  readonly marker: string = `marker-${randomBytes(9).toString("hex")}`;
  /** The leaks in the scenarios that have ended. */
  readonly leaks: Leak[] = [];
  readonly #searched = new Map<string, Set<string>>();
  readonly #marked = new Set<string>();

  /** Begins a scenario, which has secrets of its own. */
  scenario(): Scenario {
    return new Scenario(this);
  }

  /** The channels in which the marker has not appeared. */
  get unmarked(): string[] {
    return [...this.#searched.keys()].filter((channel) => !this.#marked.has(channel));
  }

  /** Notes that a channel contains its marker. */
  mark(channel: string): void {
    this.#marked.add(channel);
  }

  /** Searches a text for secrets, each with its values. */
  search(channel: string, text: string, canaries: ReadonlyMap<string, ReadonlySet<string>>): void {
    for (const [canary, values] of canaries) {
      const forms = [...values].flatMap((value) => [...formsOf(value)]);
      for (const [form, written] of forms.filter(([, written]) => text.includes(written))) {
        this.leaks.push({ channel, canary, form, around: around(text, written) });
      }
    }
    add(this.#searched, channel, canaries.keys());
  }

  /**
   * Counts the search. Fails for a leak, for a channel that was not recorded, and for a secret that did not exist.
   * @param expected The secrets, each of which had to exist for each channel; and the channels.
   */
  verify({ canaries, channels }: { readonly canaries: readonly string[]; readonly channels: readonly string[] }): void {
    for (const leak of this.leaks) allLeaks.add(leak);
    assert.deepEqual(this.leaks, [], "a secret was found");
    assert.deepEqual(this.unmarked, [], "these channels were not recorded");
    assert.deepEqual([...this.#searched.keys()].sort(), [...channels].sort());
    const absent = channels.flatMap((channel) =>
      canaries.flatMap((name) => (this.#searched.get(channel)?.has(name) ? [] : [`${name} in ${channel}`])),
    );
    assert.deepEqual(absent, [], "these secrets did not exist");
    for (const [channel, names] of this.#searched) add(searched, channel, names);
  }
}

/** The secrets of a scenario, and the texts of its channels. */
export class Scenario {
  readonly #canaries = new Map<string, Set<string>>();
  readonly #texts = new Map<string, string[]>();

  constructor(private readonly scan: LeakScan) {}

  /** Adds values of a secret, at any time: earlier texts are searched for them too. */
  secret(name: string, ...values: readonly string[]): void {
    const parts = values.flatMap(partsOf);
    if (parts.length > 0) add(this.#canaries, name, parts);
  }

  /** All values of the secrets so far, or of those whose names begin with one of these texts. */
  secrets(...beginnings: readonly string[]): string[] {
    const isWanted = (name: string) => beginnings.length === 0 || beginnings.some((each) => name.startsWith(each));
    return [...new Set([...this.#canaries].flatMap(([name, values]) => (isWanted(name) ? [...values] : [])))];
  }

  /** Records a text of a channel. If it cannot contain the marker, `evidence` shows that it is not empty. */
  record(channel: string, text: string, evidence = new RegExp(this.scan.marker)): void {
    if (evidence.test(text)) this.scan.mark(channel);
    this.#texts.set(channel, [...(this.#texts.get(channel) ?? []), text]);
  }

  /** Ends the scenario: searches all channels. */
  end(): void {
    for (const [channel, texts] of this.#texts) this.scan.search(channel, texts.join("\n"), this.#canaries);
  }
}

function add(sets: Map<string, Set<string>>, key: string, values: Iterable<string>): void {
  sets.set(key, new Set([...(sets.get(key) ?? []), ...values]));
}

function around(text: string, leaked: string): string {
  const at = text.indexOf(leaked);
  return `${text.slice(Math.max(0, at - 120), at)}<<LEAKED>>${text.slice(at + leaked.length, at + leaked.length + 40)}`;
}
