import type { Behaviours } from "../../../provider/emulator";
import type { HurriedClock } from "../faults/clock";
import type { Exemption, Loss, Refusal, unshownMembers } from "./exemptions";
import type { Changes, Pace } from "./steps";

/** What a life was like. */
export interface Lived {
  /** The behaviours that could have made a difference. */
  readonly consulted: ReadonlySet<string>;
  /** How it looked from the console after each step. */
  readonly contents: ReadonlyMap<string, unknown>;
  /** The exemptions that were met. */
  readonly met: ReadonlySet<Exemption | Refusal | Loss | typeof unshownMembers>;
}

/** How a life is led. */
export interface Leading {
  /** How the vendor behaves. */
  readonly behaviours: Behaviours;
  /** The clock. */
  readonly clock: HurriedClock;
  /** What it has to look like after each step. Absent for the life that others are compared with. */
  readonly model?: Lived;
  /** Which things in the inputs take a turn in one step. */
  readonly pace: Pace;
}

/** What is out of the ordinary about a declaration. */
export interface Manner {
  /** What it asks for. Default: what is different in the inputs. */
  readonly changes?: Changes;
  /** It may find nothing to do. Default: it must not. */
  readonly maySkip?: boolean;
  /** A refresh may show what nobody declares. Default: it must not. */
  readonly mayShowMore?: boolean;
}
