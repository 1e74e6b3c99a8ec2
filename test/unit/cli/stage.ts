import { type Emulator, startEmulator } from "../../../provider/emulator";
import { Workshop } from "./workshop";

/** What the tests of a command share: a whole project, and the emulator that its stack may name. */
export class Stage {
  #emulator: Emulator | undefined;
  #workshop: Workshop | undefined;

  /** Prepares the surrounding `describe`, and clears up after it. */
  static here(): Stage {
    const stage = new Stage();
    before(async () => {
      stage.#emulator = await startEmulator();
      stage.#workshop = Workshop.whole();
    });
    after(async () => {
      stage.#workshop?.remove();
      await stage.#emulator?.close();
    });
    return stage;
  }

  /** The emulated Rhombus. */
  get emulator(): Emulator {
    if (this.#emulator === undefined) throw new Error("There is an emulator only while tests run.");
    return this.#emulator;
  }

  /** The project. */
  get workshop(): Workshop {
    if (this.#workshop === undefined) throw new Error("There is a workshop only while tests run.");
    return this.#workshop;
  }
}
