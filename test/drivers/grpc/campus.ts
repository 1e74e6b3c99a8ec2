import { campusSeed, type Emulator, type OrganizationConsole, startEmulator } from "../../../provider/emulator";
import { prepare } from "../../../tools/setup.mjs";
import { Harness } from "./harness";
import { DynamicProviderProcess } from "./process";
import { renewedHandler } from "./renewal";

const { acme } = campusSeed;

let built: Promise<unknown> | undefined;

/** Tests share one process, because each takes a second of computing time to start. */
let shared: Promise<DynamicProviderProcess> | undefined;
let generation = 0;
after("ends the process that tests share", async () => (await shared)?.close());

/** What the tests of one `describe` share: a build, and for each test an emulated Rhombus and its processes. */
export class Campus {
  #emulator: Emulator | undefined;
  #open: Harness[] = [];

  /** Prepares the surrounding `describe`. */
  static here(): Campus {
    const campus = new Campus();
    before(async function () {
      this.timeout(180_000);
      built ??= prepare({ engine: false });
      await built;
    });
    beforeEach(async () => {
      campus.#emulator = await startEmulator();
    });
    afterEach(async () => {
      await Promise.all(campus.#open.splice(0).map((harness) => harness.close()));
      await campus.#emulator?.close();
    });
    return campus;
  }

  /** The emulated Rhombus of this test. */
  get emulator(): Emulator {
    if (this.#emulator === undefined) throw new Error("There is an emulator only while a test runs.");
    return this.#emulator;
  }

  /** The web console of Acme, whose key the configuration holds. */
  get console(): OrganizationConsole {
    return this.emulator.console(acme.orgUuid);
  }

  /** The stack's configuration: Acme's key and the emulator's endpoint. */
  get config(): Record<string, string> {
    return { "rhombus:apiKey": acme.apiKey, "rhombus:endpoint": this.emulator.url };
  }

  /**
   * Starts an operation as if in a process of its own: with new providers, in the process that tests share. It is closed
   * after the test.
   * @param config The configuration. Default: Acme's.
   */
  async start(config: Readonly<Record<string, string>> = this.config): Promise<Harness> {
    shared ??= DynamicProviderProcess.start();
    const number = ++generation;
    return this.#closedLater(await Harness.over(await shared, config, (type) => renewedHandler(type, number)));
  }

  /**
   * Starts a process of its own, for tests of what a process writes, inherits or leaves behind. It is ended after the test.
   * @param config The configuration. Default: Acme's.
   */
  async startProcess(config: Readonly<Record<string, string>> = this.config): Promise<Harness> {
    return this.#closedLater(await Harness.start({ config }));
  }

  /** Runs one operation as if in a process of its own. */
  async during<T>(operation: (harness: Harness) => Promise<T>): Promise<T> {
    return operation(await this.start());
  }

  #closedLater(harness: Harness): Harness {
    this.#open.push(harness);
    return harness;
  }
}
