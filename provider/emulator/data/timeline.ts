/** The longest read lag that the emulator supports, in milliseconds: a timeline keeps no older values. */
export const maxReadLagMs = 60_000;

interface Version<Value> {
  readonly sinceMillis: number;
  readonly value: Value | undefined;
}

/**
 * A map with its history, so that reads can lag behind writes. Values are replaced, never changed in place. Values that
 * were replaced more than {@link maxReadLagMs} ago are dropped.
 */
export class Timeline<Value> {
  readonly #versions = new Map<string, Version<Value>[]>();

  /** The value under a key, now or as it was at `asOfMillis` (milliseconds since 1970). */
  get(key: string, asOfMillis?: number): Value | undefined {
    const versions = this.#versions.get(key);
    return versions && valueAt(versions, asOfMillis);
  }

  /** All values, now or as they were at `asOfMillis`, in the order in which their keys were first set. */
  values(asOfMillis?: number): Value[] {
    const found: Value[] = [];
    for (const versions of this.#versions.values()) {
      const value = valueAt(versions, asOfMillis);
      if (value !== undefined) found.push(value);
    }
    return found;
  }

  /** Sets the value of a key from `sinceMillis` on (default: now). A seed passes `-Infinity`. */
  set(key: string, value: Value, sinceMillis = Date.now()): void {
    this.#append(key, { sinceMillis, value });
  }

  /** Removes a key from now on. An absent key is ignored. */
  delete(key: string): void {
    if (this.get(key) === undefined) return;
    this.#append(key, { sinceMillis: Date.now(), value: undefined });
    this.#forgetTombstones();
  }

  #append(key: string, version: Version<Value>): void {
    const versions = this.#versions.get(key);
    if (!versions) {
      this.#versions.set(key, [version]);
      return;
    }
    const needed = newestIndexAt(versions, Date.now() - maxReadLagMs);
    if (needed > 0) versions.splice(0, needed);
    versions.push(version);
  }

  #forgetTombstones(): void {
    const horizon = Date.now() - maxReadLagMs;
    for (const [key, versions] of this.#versions) {
      const newest = versions.at(-1);
      if (newest && newest.value === undefined && newest.sinceMillis <= horizon) this.#versions.delete(key);
    }
  }
}

function valueAt<Value>(versions: readonly Version<Value>[], asOfMillis: number | undefined): Value | undefined {
  const index = asOfMillis === undefined ? versions.length - 1 : newestIndexAt(versions, asOfMillis);
  return versions[index]?.value;
}

function newestIndexAt(versions: readonly Version<unknown>[], atMillis: number): number {
  for (let index = versions.length - 1; index >= 0; index--) {
    const version = versions[index];
    if (version && version.sinceMillis <= atMillis) return index;
  }
  return -1;
}
