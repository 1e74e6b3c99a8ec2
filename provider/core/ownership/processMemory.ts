import { Journal } from "./journal";
import { Locks } from "./locks";
import { Ownership } from "./ownership";
import { Reservations } from "./reservations";

/**
 * The memory that the operations of one process share. The engine starts a process for each deployment and provider, so the
 * memory lasts for one deployment, and does not have the resources that `--target` excludes.
 */
export class ProcessMemory {
  /** The program, as the front end has seen it. */
  readonly journal = new Journal();
  /** Which resource manages which object. */
  readonly ownership = new Ownership(this.journal);
  /** The natural keys that are held. */
  readonly reservations = new Reservations(this.journal, this.ownership);
  /** The objects that are being written. */
  readonly locks = new Locks();
}
