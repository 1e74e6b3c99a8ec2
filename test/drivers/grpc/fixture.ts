import { campusSeed, type Emulator, type OrganizationConsole, startEmulator } from "../../../provider/emulator";
import { prepare } from "../../../tools/setup.mjs";
import { DynamicProviderProcess } from "./process";
import { ProcessEngine } from "./processEngine";

const { acme } = campusSeed;

let built: Promise<unknown> | undefined;
let shared: Promise<DynamicProviderProcess> | undefined;
after("ends the process that tests share", async () => (await shared)?.close());

/** The emulator of a test, and engines for it. */
export class GrpcFixture {
  #emulator: Emulator | undefined;
  #open: ProcessEngine[] = [];

  /** Builds the package before the tests of the surrounding `describe`, and starts an emulator for each of them. */
  static here(): GrpcFixture {
    const fixture = new GrpcFixture();
    before(async function () {
      this.timeout(180_000);
      built ??= prepare({ engine: false, install: false });
      await built;
    });
    beforeEach(async () => {
      fixture.#emulator = await startEmulator();
    });
    afterEach(async () => {
      await Promise.all(fixture.#open.splice(0).map((engine) => engine.close()));
      await fixture.#emulator?.close();
    });
    return fixture;
  }

  /** The emulator of this test. */
  get emulator(): Emulator {
    if (this.#emulator === undefined) throw new Error("There is an emulator only while a test runs.");
    return this.#emulator;
  }

  /** The web console of Acme, whose key the configuration contains. */
  get console(): OrganizationConsole {
    return this.emulator.console(acme.orgUuid);
  }

  /** The stack config: the key of Acme and the endpoint of the emulator. */
  get config(): Record<string, string> {
    return { "rhombus:apiKey": acme.apiKey, "rhombus:endpoint": this.emulator.url };
  }

  /** An engine with new providers, in the process that tests share. It is closed after the test. */
  async start(config: Readonly<Record<string, string>> = this.config): Promise<ProcessEngine> {
    shared ??= DynamicProviderProcess.start();
    return this.#closedLater(await ProcessEngine.sharing(await shared, config));
  }

  /** An engine with a process of its own, for tests of the process. It is ended after the test. */
  async startProcess(config: Readonly<Record<string, string>> = this.config): Promise<ProcessEngine> {
    return this.#closedLater(await ProcessEngine.start({ config }));
  }

  #closedLater(engine: ProcessEngine): ProcessEngine {
    this.#open.push(engine);
    return engine;
  }
}
