import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stepsIn } from "./eventLog.mjs";

const PROGRAM = fileURLToPath(new URL("../../examples/campus", import.meta.url));

/** The command `pulumi-rhombus` of this checkout. */
const COMMAND = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** The stack's passphrase; it guards nothing but the emulator's made-up keys. */
const PASSPHRASE = "demo";

/** How much of a quiet command's output an error quotes: its end, where the cause stands. */
const QUOTED_CHARACTERS = 2000;

/**
 * A Pulumi project in a temporary folder whose program is examples/campus. Neither the checkout nor the user's own
 * Pulumi settings are touched.
 */
export class Pulumi {
  #screen;
  #workplace;

  /**
   * @param {{ screen: import("./screen.mjs").Screen, workplace: import("./workspace.mjs").Workplace, engineBin: string }} surroundings
   */
  constructor({ screen, workplace, engineBin }) {
    this.#screen = screen;
    this.#workplace = workplace;
    /** Where the project lies. */
    this.folder = workplace.below("project");
    /** The folder of the Pulumi CLI. */
    this.bin = engineBin;
    /** The environment variables that, besides PATH, lead a shell to this project. */
    this.settings = {
      PULUMI_HOME: workplace.below("home"),
      PULUMI_BACKEND_URL: pathToFileURL(workplace.below("state")).href,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  }

  /**
   * Makes the project and its stack.
   *
   * @param {{ plain: Record<string, unknown>, secret: Record<string, string> }} config
   */
  async init({ plain, secret }) {
    const project = readFileSync(path.join(PROGRAM, "Pulumi.yaml"), "utf8");
    writeFileSync(path.join(this.folder, "Pulumi.yaml"), `${project}main: ${JSON.stringify(PROGRAM)}\n`);
    // Every JSON text is a YAML text.
    writeFileSync(path.join(this.folder, "Pulumi.demo.yaml"), JSON.stringify({ config: plain }));
    await this.#run(["stack", "init", "demo"], { isShown: false });
    const secrets = Object.entries(secret).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
    await this.#run(["config", "set-all", ...secrets], { isShown: false });
  }

  /**
   * Runs an operation of the engine and shows all that it prints.
   *
   * @param {...string} args
   * @returns {Promise<import("./eventLog.mjs").ResourceStep[]>} What became of each Rhombus resource, or would.
   */
  async operate(...args) {
    this.#screen.command(`pulumi ${args.join(" ")}`);
    const color = `--color=${this.#screen.hasColor ? "always" : "never"}`;
    const log = path.join(this.#workplace.below("events"), "log");
    try {
      await this.#run([...args, color, "--suppress-progress", "--event-log", log], { isShown: true });
      return existsSync(log) ? stepsIn(readFileSync(log, "utf8")) : [];
    } finally {
      // It holds the SDK's debug messages, which quote outputs in clear.
      rmSync(log, { force: true });
    }
  }

  /** Shows the outputs as everybody may see them. */
  async showOutputs() {
    this.#screen.command("pulumi stack output");
    await this.#run(["stack", "output"], { isShown: true });
  }

  /** The program that is deployed, as text. */
  programText() {
    return readFileSync(path.join(PROGRAM, "index.ts"), "utf8").trimEnd();
  }

  /**
   * Shows what the next deployment would change, as the command `pulumi-rhombus review` writes it.
   *
   * @returns {Promise<string>}
   */
  async review() {
    this.#screen.command("npx pulumi-rhombus review");
    return this.#run([COMMAND, "review"], { isShown: true, program: process.execPath });
  }

  /**
   * The outputs in clear.
   *
   * @returns {Promise<Record<string, unknown>>}
   */
  async outputs() {
    return JSON.parse(await this.#run(["stack", "output", "--json", "--show-secrets"], { isShown: false }));
  }

  /**
   * @param {string[]} args
   * @param {{ isShown: boolean, program?: string }} options `program`: what to start. Default: the Pulumi CLI.
   * @returns {Promise<string>} What it printed; an Error when it failed.
   */
  #run(args, { isShown, program = "pulumi" }) {
    const env = {
      ...ownEnvironment(),
      ...this.settings,
      PATH: [this.bin, process.env.PATH ?? ""].join(path.delimiter),
      // The tests check the types of the program.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // The event log is an option for people who debug.
      PULUMI_DEBUG_COMMANDS: "true",
      // What the engine's processes leave there goes away with the folder.
      TMPDIR: this.#workplace.below("tmp"),
    };
    return new Promise((resolve, reject) => {
      // In a group of its own, so that Ctrl-C on a terminal reaches the demo alone, which then ends all it has started.
      const child = spawn(program, args, { cwd: this.folder, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
      let output = "";
      let tail = "";
      /** @param {Buffer} chunk */
      const take = (chunk) => {
        tail = `${tail}${chunk}`.slice(-QUOTED_CHARACTERS);
        if (isShown) this.#screen.show(chunk);
      };
      child.stdout.on("data", (chunk) => {
        output += chunk;
        take(chunk);
      });
      child.stderr.on("data", take);
      child.on("error", (error) => reject(new Error(`${program} could not be started: ${error.message}`)));
      child.on("close", (code, signal) => {
        if (code === 0) resolve(output);
        else reject(new Error(failureText(args, signal ?? `exit code ${code}`, isShown ? "" : tail)));
      });
    });
  }
}

/**
 * @param {string[]} args
 * @param {string} ending
 * @param {string} quoted
 */
function failureText(args, ending, quoted) {
  // The options may hold secrets.
  const words = args.slice(0, 2).filter((arg) => !arg.startsWith("-"));
  return [`pulumi ${words.join(" ")} ended with ${ending}.`, quoted.trim()].filter(Boolean).join("\n");
}

/** The user's environment without what would lead Pulumi to another stack, or the program to a real organization. */
function ownEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PULUMI|RHOMBUS)_/.test(name)));
}
