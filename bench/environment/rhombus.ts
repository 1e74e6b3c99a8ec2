import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { CommandInput, CommandName, CommandReply, CommandRequest, commands, RhombusOptions } from "./commands";

const ENDED = "The emulator's process has ended.";

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** An emulator in a process of its own. */
export class Rhombus {
  /** The endpoint for clients. */
  url = "";
  readonly #child: ChildProcess;
  readonly #pending = new Map<number, Pending>();
  #requests = 0;

  private constructor() {
    const env = { PATH: process.env.PATH };
    const file = path.join(__dirname, "rhombusProcess.ts");
    this.#child = fork(file, { execArgv: ["--import", "tsx"], env, serialization: "advanced" });
    this.#child.on("message", (reply: CommandReply) => this.#settle(reply));
    this.#child.once("exit", () => {
      for (const { reject } of this.#pending.values()) reject(new Error(ENDED));
    });
  }

  /** Starts an emulator. */
  static async start(options: RhombusOptions = {}): Promise<Rhombus> {
    const rhombus = new Rhombus();
    rhombus.url = String(await rhombus.#request("start", [options]));
    return rhombus;
  }

  /** Sends a command. */
  async send<Name extends CommandName>(
    name: Name,
    ...input: CommandInput<Name>
  ): Promise<ReturnType<(typeof commands)[Name]>>;
  async send(name: CommandName, ...input: readonly unknown[]): Promise<unknown> {
    return this.#request(name, input);
  }

  /** Ends the process. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }

  #request(name: CommandRequest["name"], input: readonly unknown[]): Promise<unknown> {
    this.#requests += 1;
    const request: CommandRequest = { id: this.#requests, name, input };
    if (!this.#child.connected) return Promise.reject(new Error(ENDED));
    return new Promise((resolve, reject) => {
      this.#pending.set(request.id, { resolve, reject });
      this.#child.send(request);
    });
  }

  #settle({ id, result, error }: CommandReply): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if (error === undefined) pending?.resolve(result);
    else pending?.reject(new Error(error));
  }
}
