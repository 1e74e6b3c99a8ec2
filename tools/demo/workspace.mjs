import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** What exists only while the demo runs: a temporary folder and the emulator. */
export class Workplace {
  /** @type {string | undefined} */
  #folder;
  /** @type {(() => Promise<void>) | undefined} */
  #closeEmulator;

  /** The temporary folder, made on first use. */
  get folder() {
    this.#folder ??= mkdtempSync(path.join(tmpdir(), "rhombus-demo-"));
    return this.#folder;
  }

  /**
   * A folder below it, made if need be.
   *
   * @param {string} name
   */
  below(name) {
    const folder = path.join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /**
   * Takes charge of the emulator.
   *
   * @param {{ close(): Promise<void> }} emulator
   */
  holds(emulator) {
    this.#closeEmulator = () => emulator.close();
  }

  /** Closes and removes everything. */
  async remove() {
    await this.#closeEmulator?.();
    if (this.#folder !== undefined) rmSync(this.#folder, { recursive: true, force: true });
  }
}
