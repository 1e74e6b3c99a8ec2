import assert from "node:assert/strict";
import { tally } from "../../tally";
import { formsOf, newBait, partsOf } from "./canaries";

/** A secret that has come to light. */
export interface Leak {
  /** Where. */
  readonly channel: string;
  /** Which secret. */
  readonly canary: string;
  /** In which form. */
  readonly form: string;
  /** What stood around it; the secret itself is cut out. */
  readonly around: string;
}

/** Which secrets were looked for in which channel, over all suites of this run, and what has come to light. */
const looked = new Map<string, Set<string>>();
const known = new Set<Leak>();

after("what the suites about secrets have counted", () => {
  const canaries = new Set([...looked.values()].flatMap((names) => [...names]));
  if (looked.size > 0) tally(`secrets: ${canaries.size} canaries × ${looked.size} channels, ${known.size} leaks`);
});

/**
 * Listens to channels, in one scene or in many. A bait, which is no secret, goes the ways that a secret must not go: where it
 * does not turn up, nothing was listened to.
 */
export class Watch {
  /** A text that is no secret. */
  readonly bait: string = newBait();
  readonly #leaks: Leak[] = [];
  readonly #looked = new Map<string, Set<string>>();
  readonly #baited = new Set<string>();

  /** Begins a scene, which has secrets of its own. */
  scene(): WatchedScene {
    return new WatchedScene((canaries, heard) => this.#look(canaries, heard));
  }

  /** What has come to light in the scenes that have ended. */
  get leaks(): readonly Leak[] {
    return this.#leaks;
  }

  /** The channels in which the bait has not turned up. */
  get deaf(): string[] {
    return [...this.#looked.keys()].filter((channel) => !this.#baited.has(channel));
  }

  /**
   * Counts what was looked for where. Fails when a secret has come to light, when a channel was not listened to, or when a
   * secret was never there.
   * @param expected The secrets, each of which had to be there for each channel; and the channels.
   */
  verify({ canaries, channels }: { readonly canaries: readonly string[]; readonly channels: readonly string[] }): void {
    for (const leak of this.#leaks) known.add(leak);
    assert.deepEqual(this.#leaks, [], "a secret has come to light");
    assert.deepEqual(this.deaf, [], "nothing was heard from these channels");
    assert.deepEqual([...this.#looked.keys()].sort(), [...channels].sort());
    const absent = channels.flatMap((channel) =>
      canaries.flatMap((name) => (this.#looked.get(channel)?.has(name) ? [] : [`${name} in ${channel}`])),
    );
    assert.deepEqual(absent, [], "these secrets were never there");
    for (const [channel, names] of this.#looked)
      looked.set(channel, new Set([...(looked.get(channel) ?? []), ...names]));
  }

  #look(canaries: ReadonlyMap<string, ReadonlySet<string>>, heard: ReadonlyMap<string, readonly Heard[]>): void {
    const forms = [...canaries].flatMap(([canary, values]) =>
      [...values].flatMap((value) => [...formsOf(value)].map(([form, written]) => ({ canary, form, written }))),
    );
    for (const [channel, texts] of heard) {
      const text = texts.map((each) => each.text).join("\n");
      const found = forms.filter(({ written }) => text.includes(written));
      this.#leaks.push(
        ...found.map(({ canary, form, written }) => ({ channel, canary, form, around: around(text, written) })),
      );
      if (texts.some(({ evidence, text }) => (evidence ?? new RegExp(this.bait)).test(text))) this.#baited.add(channel);
      this.#looked.set(channel, new Set([...(this.#looked.get(channel) ?? []), ...canaries.keys()]));
    }
  }
}

interface Heard {
  readonly text: string;
  readonly evidence: RegExp | undefined;
}

type Look = (canaries: ReadonlyMap<string, ReadonlySet<string>>, heard: ReadonlyMap<string, readonly Heard[]>) => void;

/** A scene with its secrets, and what its channels have shown. */
export class WatchedScene {
  readonly #look: Look;
  readonly #canaries = new Map<string, Set<string>>();
  readonly #heard = new Map<string, Heard[]>();

  /** Takes what is to be done with all of it at the end. */
  constructor(look: Look) {
    this.#look = look;
  }

  /** Adds values of a secret, at any time: they are looked for in all that is heard, earlier texts included. */
  secret(name: string, ...values: readonly string[]): void {
    const parts = values.flatMap(partsOf);
    if (parts.length > 0) this.#canaries.set(name, new Set([...(this.#canaries.get(name) ?? []), ...parts]));
  }

  /** All values of all secrets so far, or of those whose names begin so. */
  secrets(...beginnings: readonly string[]): string[] {
    const names = [...this.#canaries.keys()].filter(
      (name) => beginnings.length === 0 || beginnings.some((each) => name.startsWith(each)),
    );
    return [...new Set(names.flatMap((name) => [...(this.#canaries.get(name) ?? [])]))];
  }

  /** Takes what a channel has shown. Where the bait cannot be in it, `evidence` is what shows that something was heard. */
  hear(channel: string, text: string, evidence?: RegExp): void {
    this.#heard.set(channel, [...(this.#heard.get(channel) ?? []), { text, evidence }]);
  }

  /** Ends the scene: looks for the secrets. */
  end(): void {
    this.#look(this.#canaries, this.#heard);
  }
}

function around(text: string, leaked: string): string {
  const at = text.indexOf(leaked);
  return `${text.slice(Math.max(0, at - 120), at)}<<LEAKED>>${text.slice(at + leaked.length, at + leaked.length + 40)}`;
}
