// Counted from the start of the call: the answer may be that old already.
const LISTING_LIFETIME_MS = 60_000;

/** A change of a listing's items. It may be applied to items that show it already, so it must have no further effect there. */
export type Amendment<T> = (items: readonly T[]) => readonly T[];

interface Flight<T> {
  readonly items: Promise<readonly T[]>;
  readonly amendments: Amendment<T>[];
}

/** One listing of the API, shared by all who ask: never more than one call in flight. */
export class Listing<T> {
  private kept: { readonly items: readonly T[]; readonly startedAt: number } | undefined;
  private flight: Flight<T> | undefined;
  private next: Promise<readonly T[]> | undefined;

  /** Takes the call that lists. */
  constructor(private readonly load: () => Promise<readonly T[]>) {}

  /** The items as of at most 60 s ago, own writes included. Rejects as the call does; a failed call is forgotten. */
  async shared(): Promise<readonly T[]> {
    if (this.kept !== undefined && performance.now() - this.kept.startedAt <= LISTING_LIFETIME_MS)
      return this.kept.items;
    return (this.flight ?? this.start()).items;
  }

  /** The items from a call that starts after this moment; all who ask before it starts share it. Rejects as the call does. */
  fresh(): Promise<readonly T[]> {
    this.next ??= this.afterFlight();
    return this.next;
  }

  /** Applies an own write or delete to what is kept, and to the answer of a call that was in flight when it happened. */
  amend(change: Amendment<T>): void {
    this.flight?.amendments.push(change);
    if (this.kept !== undefined) this.kept = { ...this.kept, items: change(this.kept.items) };
  }

  private async afterFlight(): Promise<readonly T[]> {
    // Whatever becomes of the call in flight, it started too early for those who ask now; with none, those who ask in the same turn still share.
    do await this.flight?.items.catch(() => undefined);
    while (this.flight !== undefined);
    this.next = undefined;
    return this.start().items;
  }

  private start(): Flight<T> {
    const startedAt = performance.now();
    const amendments: Amendment<T>[] = [];
    const flight: Flight<T> = { amendments, items: this.landed(amendments, startedAt) };
    this.flight = flight;
    return flight;
  }

  private async landed(amendments: readonly Amendment<T>[], startedAt: number): Promise<readonly T[]> {
    try {
      const listed = await Promise.resolve().then(this.load);
      const items = amendments.reduce((amended, change) => change(amended), listed);
      this.kept = { items, startedAt };
      return items;
    } finally {
      this.flight = undefined;
    }
  }
}
