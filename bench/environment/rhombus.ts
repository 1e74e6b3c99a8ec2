import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import type { Question, Reply, RhombusOptions, TaskInput, TaskName, tasks } from "./commands";

const ENDED = "The emulator's process has ended.";

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** An emulated Rhombus in a process of its own. */
export class Rhombus {
  /** Where it listens: the endpoint to give to clients. */
  url = "";
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #questions = 0;

  private constructor() {
    const env = { PATH: process.env.PATH };
    const file = path.join(__dirname, "rhombusProcess.ts");
    this.#child = fork(file, { execArgv: ["--import", "tsx"], env, serialization: "advanced" });
    this.#child.on("message", (reply: Reply) => this.#take(reply));
    this.#child.once("exit", () => {
      for (const { reject } of this.#waiting.values()) reject(new Error(ENDED));
    });
  }

  /**
   * Starts it.
   * @param options How.
   */
  static async start(options: RhombusOptions = {}): Promise<Rhombus> {
    const rhombus = new Rhombus();
    rhombus.url = String(await rhombus.#question("start", [options]));
    return rhombus;
  }

  /**
   * Asks something of it.
   * @param name What.
   * @param input What that needs.
   */
  async ask<Name extends TaskName>(name: Name, ...input: TaskInput<Name>): Promise<ReturnType<(typeof tasks)[Name]>>;
  async ask(name: TaskName, ...input: readonly unknown[]): Promise<unknown> {
    return this.#question(name, input);
  }

  /** Ends it. */
  async close(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }

  #question(name: Question["name"], input: readonly unknown[]): Promise<unknown> {
    this.#questions += 1;
    const question: Question = { id: this.#questions, name, input };
    if (!this.#child.connected) return Promise.reject(new Error(ENDED));
    return new Promise((resolve, reject) => {
      this.#waiting.set(question.id, { resolve, reject });
      this.#child.send(question);
    });
  }

  #take({ id, answer, error }: Reply): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new Error(error));
  }
}
