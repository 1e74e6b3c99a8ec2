import { spawn } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const PROGRAM = fileURLToPath(new URL("../../examples/campus", import.meta.url));

/** The command `pulumi-rhombus`, built from this checkout. */
const COMMAND = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** The stack's passphrase. The stack contains only the emulator's keys. */
const PASSPHRASE = "demo";

/** The number of characters that an error quotes from the end of an output that was not shown. */
const QUOTED_CHARACTERS = 2000;

/**
 * A step of the engine on one resource, done or planned.
 * @typedef {object} ResourceStep
 * @property {string} op The operation, such as `create`, `update`, `same`.
 * @property {string} resource The type and name, such as `AccessControlGroup engineers`.
 * @property {string[]} properties The properties that differ.
 */

/**
 * A Pulumi project in a temporary folder whose program is examples/campus. The checkout and the user's own Pulumi
 * settings are not changed.
 */
export class Pulumi {
  #screen;
  #workspace;

  /**
   * @param {{ screen: import("./screen.mjs").Screen, workspace: import("./workspace.mjs").Workspace, engineBin: string }} options
   */
  constructor({ screen, workspace, engineBin }) {
    this.#screen = screen;
    this.#workspace = workspace;
    /** The project's folder. */
    this.folder = workspace.subfolder("project");
    /** The folder of the Pulumi CLI. */
    this.bin = engineBin;
    /** The environment variables, besides PATH, that a shell needs for this project. */
    this.settings = {
      PULUMI_HOME: workspace.subfolder("home"),
      PULUMI_BACKEND_URL: pathToFileURL(workspace.subfolder("state")).href,
      PULUMI_CONFIG_PASSPHRASE: PASSPHRASE,
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  }

  /**
   * Creates the project and its stack.
   * @param {{ plain: Record<string, unknown>, secret: Record<string, string> }} config
   */
  async init({ plain, secret }) {
    const project = readFileSync(path.join(PROGRAM, "Pulumi.yaml"), "utf8");
    writeFileSync(path.join(this.folder, "Pulumi.yaml"), `${project}main: ${JSON.stringify(PROGRAM)}\n`);
    // JSON is valid YAML.
    writeFileSync(path.join(this.folder, "Pulumi.demo.yaml"), JSON.stringify({ config: plain }));
    await this.#run(["stack", "init", "demo"], { isShown: false });
    const secrets = Object.entries(secret).flatMap(([key, value]) => ["--secret", `${key}=${value}`]);
    await this.#run(["config", "set-all", ...secrets], { isShown: false });
  }

  /**
   * Runs an operation of the engine and shows its output.
   * @param {...string} args
   * @returns {Promise<ResourceStep[]>} The steps on Rhombus resources, done or planned.
   */
  async operate(...args) {
    this.#screen.command(`pulumi ${args.join(" ")}`);
    const color = `--color=${this.#screen.hasColor ? "always" : "never"}`;
    const log = path.join(this.#workspace.subfolder("events"), "log");
    try {
      await this.#run([...args, color, "--suppress-progress", "--event-log", log], { isShown: true });
      return existsSync(log) ? stepsIn(readFileSync(log, "utf8")) : [];
    } finally {
      // It contains debug messages of the SDK, which show outputs in plain text.
      rmSync(log, { force: true });
    }
  }

  /** Shows the outputs, with secrets masked. */
  async showOutputs() {
    this.#screen.command("pulumi stack output");
    await this.#run(["stack", "output"], { isShown: true });
  }

  /** The source of the deployed program. */
  programText() {
    return readFileSync(path.join(PROGRAM, "index.ts"), "utf8").trimEnd();
  }

  /**
   * Shows what the next deployment would change, with `pulumi-rhombus review`. Its exit code says that there are changes to look at
   * first.
   * @returns {Promise<string>}
   */
  async review() {
    this.#screen.command("npx pulumi-rhombus review");
    return this.#run([COMMAND, "review"], { isShown: true, program: process.execPath, exitCode: 2 });
  }

  /**
   * The outputs, secrets included.
   * @returns {Promise<Record<string, unknown>>}
   */
  async outputs() {
    return JSON.parse(await this.#run(["stack", "output", "--json", "--show-secrets"], { isShown: false }));
  }

  /**
   * @param {string[]} args
   * @param {{ isShown: boolean, program?: string, exitCode?: number }} options `program`: the program to start. Default: the Pulumi
   *   CLI. `exitCode`: the expected one. Default: 0.
   * @returns {Promise<string>} The standard output. Rejects if the program ends otherwise.
   */
  #run(args, { isShown, program = "pulumi", exitCode = 0 }) {
    const env = {
      ...neutralEnvironment(),
      ...this.settings,
      PATH: [this.bin, process.env.PATH ?? ""].join(path.delimiter),
      // The tests check the types of the program.
      PULUMI_NODEJS_TRANSPILE_ONLY: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      // Enables --event-log.
      PULUMI_DEBUG_COMMANDS: "true",
      // The engine's processes leave files there, which are removed with the folder.
      TMPDIR: this.#workspace.subfolder("tmp"),
    };
    return new Promise((resolve, reject) => {
      // In a process group of its own, so that Ctrl-C on a terminal reaches only the demo, which then ends all its children.
      const child = spawn(program, args, { cwd: this.folder, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
      let output = "";
      let tail = "";
      /** @param {Buffer} chunk */
      const append = (chunk) => {
        tail = `${tail}${chunk}`.slice(-QUOTED_CHARACTERS);
        if (isShown) this.#screen.write(chunk);
      };
      child.stdout.on("data", (chunk) => {
        output += chunk;
        append(chunk);
      });
      child.stderr.on("data", append);
      child.on("error", (error) => reject(new Error(`${program} could not be started: ${error.message}`)));
      child.on("close", (code, signal) => {
        if (code === exitCode) resolve(output);
        else reject(new Error(failureText(args, signal ?? `exit code ${code}`, isShown ? "" : tail)));
      });
    });
  }
}

/**
 * The steps on Rhombus resources in the engine's event log, which has one JSON object per line.
 * @param {string} log
 * @returns {ResourceStep[]}
 */
function stepsIn(log) {
  return log
    .split("\n")
    .filter((line) => line.trim() !== "")
    .flatMap((line) => JSON.parse(line).resOutputsEvent?.metadata ?? [])
    .filter(({ type }) => String(type).includes(":dynamic/rhombus:"))
    .map(({ op, type, urn, diffs }) => ({
      op,
      resource: `${String(type).replace(/^.*:/, "")} ${String(urn).replace(/^.*::/, "")}`,
      properties: diffs ?? [],
    }));
}

/**
 * @param {string[]} args
 * @param {string} ending
 * @param {string} quoted
 */
function failureText(args, ending, quoted) {
  // The options may contain secrets.
  const command = args.slice(0, 2).filter((arg) => !arg.startsWith("-"));
  return [`pulumi ${command.join(" ")} ended with ${ending}.`, quoted.trim()].filter(Boolean).join("\n");
}

/** The user's environment without variables that select another stack or a real organization. */
function neutralEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(PULUMI|RHOMBUS)_/.test(name)));
}
