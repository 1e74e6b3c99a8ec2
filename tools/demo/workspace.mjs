import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** The temporary folder and the emulator of one demo. */
export class Workspace {
  /** @type {string | undefined} */
  #folder;
  /** @type {(() => Promise<void>) | undefined} */
  #closeEmulator;

  /**
   * A folder in the temporary folder. Both are created on first use.
   * @param {string} name
   */
  subfolder(name) {
    this.#folder ??= mkdtempSync(path.join(tmpdir(), "rhombus-demo-"));
    const folder = path.join(this.#folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /**
   * Sets the emulator that {@link remove} closes.
   * @param {{ close(): Promise<void> }} emulator
   */
  setEmulator(emulator) {
    this.#closeEmulator = () => emulator.close();
  }

  /** Closes the emulator and removes the temporary folder. */
  async remove() {
    await this.#closeEmulator?.();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}
