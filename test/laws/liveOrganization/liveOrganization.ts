import { randomBytes } from "node:crypto";
import { RhombusApi } from "../../../provider/rhombus/api/api";
import { RhombusClient } from "../../../provider/rhombus/api/client";
import { resolveSettings } from "../../../provider/rhombus/settings/settings";
import { ProcessEngine } from "../../drivers/grpc/processEngine";

/** The beginning of the names of all objects that these tests create. */
const PREFIX = "pulumi-rhombus live test";

/** The age at which an object belongs to no run that still works. */
const ABANDONED_AFTER_MS = 60 * 60 * 1_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** An object that these tests have created. */
interface TestObject {
  readonly name: string;
  remove(): Promise<unknown>;
}

/** A real organization. Only objects that these tests have created are changed. */
export class LiveOrganization {
  readonly #api: RhombusApi;
  readonly #env: Record<string, string>;
  readonly #run = `${PREFIX} ${new Date().toISOString()} ${randomBytes(3).toString("hex")}`;

  private constructor(api: RhombusApi, env: Environment) {
    this.#api = api;
    const passed = Object.entries(env).filter(([name]) => /^RHOMBUS_|^HOME$|^NODE_EXTRA_CA_CERTS$|_PROXY$/i.test(name));
    this.#env = Object.fromEntries(passed.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  }

  /**
   * Opens the organization of the settings in the environment or a profile. Throws unless the environment also names it, so
   * that nobody tests in an organization by accident.
   */
  static async open(env: Environment): Promise<LiveOrganization> {
    const settings = resolveSettings({ config: () => undefined, env });
    if (settings.orgUuid === undefined) {
      throw new Error(
        "RHOMBUS_LIVE=1 needs RHOMBUS_ORG_UUID as well, the organization in which to create and delete objects.",
      );
    }
    const output = { warn: console.warn, log: console.log };
    const api = new RhombusApi(new RhombusClient(settings, output), settings.orgUuid);
    const found = await api.organization();
    if (found?.uuid === settings.orgUuid) return new LiveOrganization(api, env);
    const opened = found === undefined ? "an organization that the key may not read" : `${found.uuid} (${found.name})`;
    throw new Error(`RHOMBUS_ORG_UUID is ${settings.orgUuid}, but the key belongs to ${opened}. Nothing was done.`);
  }

  /** A name for an object of this run. */
  nameFor(what: string): string {
    return `${this.#run} ${what}`;
  }

  /** Runs one operation in a process of its own, as the engine does. */
  during<T>(operation: (engine: ProcessEngine) => Promise<T>): Promise<T> {
    return ProcessEngine.during({ env: this.#env }, operation);
  }

  /** The number of OnGuard deployments that these tests have not created. */
  async foreignDeployments(): Promise<number> {
    const deployments = await this.#api.onGuard.fresh();
    return deployments.filter(({ settings }) => !settings.displayName?.startsWith(PREFIX)).length;
  }

  /** Removes the objects of earlier runs, and returns their names. */
  removeAbandoned(): Promise<string[]> {
    const limit = Date.now() - ABANDONED_AFTER_MS;
    return this.#remove((name) => Date.parse(name.slice(PREFIX.length + 1).split(" ")[0] ?? "") < limit);
  }

  /** Removes the objects of this run, and returns their names. */
  removeOwn(): Promise<string[]> {
    return this.#remove((name) => name.startsWith(this.#run));
  }

  async #remove(isOwn: (name: string) => boolean): Promise<string[]> {
    const objects = (await this.#objects()).filter(({ name }) => isOwn(name));
    for (const { remove } of objects) await remove();
    return objects.map(({ name }) => name);
  }

  async #objects(): Promise<TestObject[]> {
    const groups = (await this.#api.listing("findAccessControlGroupsByOrg").fresh()).flatMap(
      ({ uuid: groupUuid, name }) => {
        if (!groupUuid) return [];
        return [{ name: name ?? "", remove: () => this.#api.call("deleteAccessControlGroup", { groupUuid }) }];
      },
    );
    const deployments = (await this.#api.onGuard.fresh()).map(({ token, settings }) => ({
      name: settings.displayName ?? "",
      remove: () => this.#api.call("deleteHoneywellOnGuardIntegration", { rhombusToken: token }),
    }));
    return [...groups, ...deployments].filter(({ name }) => name.startsWith(PREFIX));
  }
}
