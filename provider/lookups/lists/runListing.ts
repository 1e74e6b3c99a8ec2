/** A listing that is read once in a run of a program, however many look-ups use it. */
export class RunListing<T> {
  #items: Promise<readonly T[]> | undefined;

  /**
   * Makes the listing. Nothing is read yet.
   * @param load Reads the items; with `fresh`, not from a listing that others have read before.
   */
  constructor(private readonly load: (fresh: boolean) => Promise<readonly T[]>) {}

  /**
   * The items.
   * @param fresh Reads them again. Default: false.
   */
  items(fresh = false): Promise<readonly T[]> {
    if (fresh || this.#items === undefined) {
      const items = this.load(fresh);
      this.#items = items;
      // A program that catches the error of a failed read may read again.
      items.catch(() => {
        if (this.#items === items) this.#items = undefined;
      });
    }
    return this.#items;
  }
}

/**
 * One listing for each key of another vendor.
 * @param load Reads the items with a key; without one, with the key stored in Rhombus.
 * @returns The listing of a key.
 */
export function byVendorKey<T>(
  load: (key: string | undefined) => Promise<readonly T[]>,
): (key: string | undefined) => RunListing<T> {
  const listings = new Map<string | undefined, RunListing<T>>();
  return (key) => {
    const listing = listings.get(key) ?? new RunListing(() => load(key));
    listings.set(key, listing);
    return listing;
  };
}
