import { randomBytes } from "node:crypto";
import { RhombusApi } from "../../../provider/rhombus/api/api";
import { RhombusClient } from "../../../provider/rhombus/api/client";
import { resolveSettings } from "../../../provider/rhombus/settings/settings";
import { ProcessEngine } from "../../drivers/grpc/processEngine";

/** With what the name of everything begins that these tests make. */
const PREFIX = "pulumi-rhombus live test";

/** After this time nobody's run is still at work on what it has made. */
const ABANDONED_AFTER_MS = 60 * 60 * 1_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** Something in the organization that these tests have made. */
interface Scratch {
  readonly name: string;
  remove(): Promise<unknown>;
}

/** A real organization, which belongs to somebody: only what these tests have made themselves is ever touched. */
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
   * The organization that the settings of the environment, or a profile, open.
   * @param env The environment variables.
   * @throws Error unless they also name it: nobody shall test in an organization by accident.
   */
  static async open(env: Environment): Promise<LiveOrganization> {
    const settings = resolveSettings({ config: () => undefined, env });
    if (settings.orgUuid === undefined) {
      throw new Error("RHOMBUS_LIVE=1 needs RHOMBUS_ORG_UUID as well, the organization to make and delete things in.");
    }
    const outlets = { warn: console.warn, log: console.log };
    const api = new RhombusApi(new RhombusClient(settings, outlets), settings.orgUuid);
    const found = await api.organization();
    if (found?.uuid === settings.orgUuid) return new LiveOrganization(api, env);
    const opened = found === undefined ? "an organization that it may not name" : `${found.uuid} (${found.name})`;
    throw new Error(`RHOMBUS_ORG_UUID is ${settings.orgUuid}, and the key opens ${opened}. Nothing was done.`);
  }

  /**
   * A name for something that this run makes.
   * @param what What it is.
   */
  nameFor(what: string): string {
    return `${this.#run} ${what}`;
  }

  /**
   * Runs one operation in a process of its own, as the engine does.
   * @param operation What the engine does.
   */
  during<T>(operation: (engine: ProcessEngine) => Promise<T>): Promise<T> {
    return ProcessEngine.during({ env: this.#env }, operation);
  }

  /** How many OnGuard deployments there are that these tests have not made. */
  async foreignDeployments(): Promise<number> {
    const deployments = await this.#api.onGuard.fresh();
    return deployments.filter(({ settings }) => !settings.displayName?.startsWith(PREFIX)).length;
  }

  /** Removes what earlier runs have left, and answers its names. */
  sweepAbandoned(): Promise<string[]> {
    const limit = Date.now() - ABANDONED_AFTER_MS;
    return this.#sweep((name) => Date.parse(name.slice(PREFIX.length + 1).split(" ")[0] ?? "") < limit);
  }

  /** Removes what this run has left, and answers its names. */
  sweepOwn(): Promise<string[]> {
    return this.#sweep((name) => name.startsWith(this.#run));
  }

  async #sweep(isMeant: (name: string) => boolean): Promise<string[]> {
    const scratch = (await this.#scratch()).filter(({ name }) => isMeant(name));
    for (const { remove } of scratch) await remove();
    return scratch.map(({ name }) => name);
  }

  async #scratch(): Promise<Scratch[]> {
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
