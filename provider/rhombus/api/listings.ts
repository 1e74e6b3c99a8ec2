import { monotonicMs } from "../../clock";

// Counted from the start of the call: the answer may be that old.
const LISTING_LIFETIME_MS = 60_000;

/** One answer of a listing. */
export interface Listed<T> {
  /** The items in it. */
  readonly items: readonly T[];
  /** The error to throw if there may be other items; absent if the answer is complete. */
  readonly silentError?: Error;
  /** The list is null or missing without an error text, so there may be no items. Absent: false. */
  readonly mayBeEmpty?: boolean;
}

/** A change of a listing's items. It must have no effect on items that already show it. */
export type OwnWrite<T> = (items: readonly T[]) => readonly T[];

interface PendingCall<T> {
  readonly listed: Promise<Listed<T>>;
  readonly ownWrites: OwnWrite<T>[];
}

/** A listing that all resources of a process share, with at most one call in flight. */
export class Listing<T> {
  private latest: { readonly listed: Listed<T>; readonly startedAt: number } | undefined;
  private pending: PendingCall<T> | undefined;
  private next: Promise<Listed<T>> | undefined;

  /** Takes the call that lists. */
  constructor(private readonly load: () => Promise<Listed<T>>) {}

  /** All items of the last 60 s, own writes included. Rejects with the error of the call, or if the answer may be incomplete. */
  async shared(): Promise<readonly T[]> {
    return itemsOf(await this.read(false));
  }

  /** All items, from a call that starts after this moment. Rejects like {@link shared}. */
  async fresh(): Promise<readonly T[]> {
    return itemsOf(await this.read(true));
  }

  /**
   * The answer itself, for callers that need no complete list. Rejects with the error of the call.
   * @param fresh True if it must come from a call that starts after this moment.
   */
  async read(fresh: boolean): Promise<Listed<T>> {
    if (fresh) {
      this.next ??= this.afterPending();
      return this.next;
    }
    const { latest } = this;
    if (latest !== undefined && monotonicMs() - latest.startedAt <= LISTING_LIFETIME_MS) return latest.listed;
    return (this.pending ?? this.start()).listed;
  }

  /** Applies an own write to the latest answer, and to the answer of a call in flight. */
  applyOwnWrite(change: OwnWrite<T>): void {
    this.pending?.ownWrites.push(change);
    if (this.latest !== undefined)
      this.latest = { ...this.latest, listed: { items: change(this.latest.listed.items) } };
  }

  private async afterPending(): Promise<Listed<T>> {
    // A call in flight started too early. Without one, the await still lets all callers of this turn share the next call.
    do await this.pending?.listed.catch(() => undefined);
    while (this.pending !== undefined);
    this.next = undefined;
    return this.start().listed;
  }

  private start(): PendingCall<T> {
    const startedAt = monotonicMs();
    const ownWrites: OwnWrite<T>[] = [];
    const pending: PendingCall<T> = { ownWrites, listed: this.finish(ownWrites, startedAt) };
    this.pending = pending;
    return pending;
  }

  private async finish(ownWrites: readonly OwnWrite<T>[], startedAt: number): Promise<Listed<T>> {
    try {
      const answered = await Promise.resolve().then(this.load);
      const items = ownWrites.reduce((amended, change) => change(amended), answered.items);
      const listed = { ...answered, items };
      // An incomplete answer is not reused: with own writes added it would seem complete.
      this.latest = answered.silentError === undefined ? { listed, startedAt } : undefined;
      return listed;
    } finally {
      this.pending = undefined;
    }
  }
}

/** The items of a complete answer. Throws the error of an incomplete one. */
export function itemsOf<T>({ items, silentError }: Listed<T>): readonly T[] {
  if (silentError !== undefined) throw silentError;
  return items;
}
