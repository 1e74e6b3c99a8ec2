import type { CallOptions } from "./client";
import { itemsOf, type Listed } from "./listings";
import type { ItemOf, ListOperation, RequestOf } from "./operations";

/** A list that Rhombus fetches from Genea or Kisi with a vendor key. */
export class VendorList<Name extends ListOperation> {
  #verified: { readonly request: string; readonly listed: Listed<ItemOf<Name>> } | undefined;

  /** Takes the call. */
  constructor(
    private readonly read: (request: RequestOf<Name>, options?: CallOptions) => Promise<Listed<ItemOf<Name>>>,
  ) {}

  /**
   * Verifies a vendor key: the call succeeds only with a valid one.
   * @param request The request, with the key.
   * @throws RhombusError if the badge vendor refuses the key.
   */
  async verify(request: RequestOf<Name>): Promise<void> {
    this.#verified = { request: JSON.stringify(request), listed: await this.read(request) };
  }

  /**
   * The items, for a check after a write: from {@link verify} if it made the same request last, else from one call without retries.
   * @param request The request.
   * @throws RhombusError if the call fails or the answer may be incomplete.
   */
  async afterWrite(request: RequestOf<Name>): Promise<readonly ItemOf<Name>[]> {
    const isVerified = this.#verified?.request === JSON.stringify(request);
    return itemsOf(isVerified && this.#verified ? this.#verified.listed : await this.read(request, { once: true }));
  }
}
