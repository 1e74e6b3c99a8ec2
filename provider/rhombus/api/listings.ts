// Counted from the start of the call: the answer may be that old already.
const LISTING_LIFETIME_MS = 60_000;

/** One answer of a listing. */
export interface Listed<T> {
  /** The items that it shows. */
  readonly items: readonly T[];
  /** Why it does not prove that there are no others, as an error to throw; absent where it does. */
  readonly silence?: Error;
  /** The list is null or missing, and nothing speaks of an error: there may be no items. Absent: false. */
  readonly mayBeEmpty?: boolean;
}

/** A change of a listing's items. It may be applied to items that show it already, so it must have no further effect there. */
export type Amendment<T> = (items: readonly T[]) => readonly T[];

interface Flight<T> {
  readonly listed: Promise<Listed<T>>;
  readonly amendments: Amendment<T>[];
}

/** One listing of the API, shared by all who ask: never more than one call in flight. */
export class Listing<T> {
  private kept: { readonly listed: Listed<T>; readonly startedAt: number } | undefined;
  private flight: Flight<T> | undefined;
  private next: Promise<Listed<T>> | undefined;

  /** Takes the call that lists. */
  constructor(private readonly load: () => Promise<Listed<T>>) {}

  /** All items as of at most 60 s ago, own writes included. Rejects as the call does, and where the answer may not show all; a failed call is forgotten. */
  async shared(): Promise<readonly T[]> {
    return itemsOf(await this.read(false));
  }

  /** All items from a call that starts after this moment; all who ask before it starts share it. Rejects as {@link shared} does. */
  async fresh(): Promise<readonly T[]> {
    return itemsOf(await this.read(true));
  }

  /**
   * The answer itself, for callers to whom an item that it shows is enough. Rejects as the call does.
   * @param fresh Whether it must come from a call that starts after this moment.
   */
  async read(fresh: boolean): Promise<Listed<T>> {
    if (fresh) {
      this.next ??= this.afterFlight();
      return this.next;
    }
    if (this.kept !== undefined && performance.now() - this.kept.startedAt <= LISTING_LIFETIME_MS)
      return this.kept.listed;
    return (this.flight ?? this.start()).listed;
  }

  /** Applies an own write to what is kept, and to the answer of a call that was in flight when it happened. */
  amend(change: Amendment<T>): void {
    this.flight?.amendments.push(change);
    if (this.kept !== undefined) this.kept = { ...this.kept, listed: { items: change(this.kept.listed.items) } };
  }

  private async afterFlight(): Promise<Listed<T>> {
    // Whatever becomes of the call in flight, it started too early for those who ask now; with none, those who ask in the same turn still share.
    do await this.flight?.listed.catch(() => undefined);
    while (this.flight !== undefined);
    this.next = undefined;
    return this.start().listed;
  }

  private start(): Flight<T> {
    const startedAt = performance.now();
    const amendments: Amendment<T>[] = [];
    const flight: Flight<T> = { amendments, listed: this.landed(amendments, startedAt) };
    this.flight = flight;
    return flight;
  }

  private async landed(amendments: readonly Amendment<T>[], startedAt: number): Promise<Listed<T>> {
    try {
      const answered = await Promise.resolve().then(this.load);
      const items = amendments.reduce((amended, change) => change(amended), answered.items);
      const listed = { ...answered, items };
      // An answer that may not show all is read again: own writes added to it would look like all there is.
      this.kept = answered.silence === undefined ? { listed, startedAt } : undefined;
      return listed;
    } finally {
      this.flight = undefined;
    }
  }
}

function itemsOf<T>({ items, silence }: Listed<T>): readonly T[] {
  if (silence !== undefined) throw silence;
  return items;
}
