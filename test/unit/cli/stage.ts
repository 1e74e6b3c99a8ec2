import { type Emulator, startEmulator } from "../../../provider/emulator";
import { Workshop } from "./workshop";

export class Stage {
  #emulator: Emulator | undefined;
  #workshop: Workshop | undefined;

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

  get emulator(): Emulator {
    if (this.#emulator === undefined) throw new Error("There is an emulator only while tests run.");
    return this.#emulator;
  }

  get workshop(): Workshop {
    if (this.#workshop === undefined) throw new Error("There is a workshop only while tests run.");
    return this.#workshop;
  }
}
