/** How far back a timeline can be asked, in milliseconds: the largest read lag the emulator can show. */
export const maxReadLagMs = 60_000;

interface Version<Value> {
  readonly sinceMillis: number;
  readonly value: Value | undefined;
}

/**
 * A map that remembers what it held a while ago, so that reads can lag behind writes.
 * Values are replaced, never changed in place. Everything older than {@link maxReadLagMs} is forgotten on the way.
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

  /** Puts a value under a key from `sinceMillis` on (default: now). A seed passes `-Infinity`: it was always there. */
  set(key: string, value: Value, sinceMillis = Date.now()): void {
    this.#append(key, { sinceMillis, value });
  }

  /** Removes a key from now on. Removing what is not there changes nothing. */
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
