import { RhombusError } from "../errors/rhombusError";
import type { OrganizationAnswer } from "./schemas/directory";

/** The organization that a key opens. */
export interface KnownOrganization {
  /** Its id, an RUUID. */
  readonly uuid: string;
  /** Its name; empty where the answer has none. */
  readonly name: string;
}

/** Learns once which organization the key opens; whoever asks in the meantime waits for the same call. */
export class OrganizationInquiry {
  private answer: Promise<KnownOrganization | undefined> | undefined;

  /** Takes the call of `getOrgV2`. */
  constructor(private readonly ask: () => Promise<OrganizationAnswer>) {}

  /**
   * The organization, or `undefined` where the key may not ask (403) or the operation is missing (404). Rejects with any other error, and asks anew next time.
   */
  known(): Promise<KnownOrganization | undefined> {
    this.answer ??= this.learn().catch((error: unknown) => {
      this.answer = undefined;
      throw error;
    });
    return this.answer;
  }

  private async learn(): Promise<KnownOrganization | undefined> {
    try {
      const { org } = await this.ask();
      return { uuid: org.uuid, name: org.name ?? "" };
    } catch (error) {
      if (error instanceof RhombusError && (error.status === 403 || error.status === 404)) return undefined;
      throw error;
    }
  }
}
