import { type Emulator, startEmulator } from "../../../provider/emulator";
import { ProgramFolder } from "./programFolder";

export class CommandSetup {
  #emulator: Emulator | undefined;
  #programFolder: ProgramFolder | undefined;

  static here(): CommandSetup {
    const setup = new CommandSetup();
    before(async () => {
      setup.#emulator = await startEmulator();
      setup.#programFolder = ProgramFolder.whole();
    });
    after(async () => {
      setup.#programFolder?.remove();
      await setup.#emulator?.close();
    });
    return setup;
  }

  get emulator(): Emulator {
    if (this.#emulator === undefined) throw new Error("There is an emulator only while tests run.");
    return this.#emulator;
  }

  get programFolder(): ProgramFolder {
    if (this.#programFolder === undefined) throw new Error("There is a folder only while tests run.");
    return this.#programFolder;
  }
}
