import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { campusSeed } from "../../provider/emulator";
import { ProviderClient } from "../../test/drivers/grpc/client";
import { DynamicProviderProcess } from "../../test/drivers/grpc/process";
import { memoryOf } from "../environment/memory";
import type { Rhombus } from "../environment/rhombus";
import { type Contestant, declaring, openProject } from "../implementations";

/** What it took until a provider's process had answered. */
export interface FirstAnswer {
  /** Whose resources it serves. */
  readonly contestant: Contestant;
  /** The milliseconds from the start of the process until it listened: what Pulumi's SDK itself takes. */
  readonly listeningMs: number;
  /** The milliseconds from then until its first call was answered: a check, with the configuration before it. */
  readonly checkedMs: number;
  /** The milliseconds from then until the second one was answered: a create, with all calls of the API that it makes. */
  readonly createdMs: number;
  /** The memory that it held after the first answer, in bytes. */
  readonly checkedBytes?: number;
  /** The memory that it held after the second one, in bytes. */
  readonly createdBytes?: number;
}

/** What loading the package and starting its provider costs. */
export interface StartUp {
  /** The milliseconds of `require("@pulumi/pulumi")`, each in a fresh process. */
  readonly sdkMs: readonly number[];
  /** The milliseconds of `require("pulumi-rhombus")` after it. */
  readonly oursMs: readonly number[];
  /** The first answers of provider processes. */
  readonly answers: readonly FirstAnswer[];
}

/** `process.stdout.write` does not load what `console.log` loads. */
const LOADING = `const start = performance.now();
require("@pulumi/pulumi");
const sdk = performance.now();
require("pulumi-rhombus");
process.stdout.write(JSON.stringify([sdk - start, performance.now() - sdk]));`;

/**
 * Measures what it costs to begin.
 * @param rhombus The Rhombus that is called. It keeps the groups that were made first.
 * @param repetitions How often.
 */
export async function measureStartUp(rhombus: Rhombus, repetitions: number): Promise<StartUp> {
  const [sdkMs, oursMs]: [number[], number[]] = [[], []];
  const project = await openProject("ours", rhombus.url);
  try {
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const [sdk, ours] = await loadIn(project.folder);
      sdkMs.push(sdk);
      oursMs.push(ours);
    }
  } finally {
    project.close();
  }
  return { sdkMs, oursMs, answers: await answersOf(rhombus, repetitions) };
}

async function loadIn(folder: string): Promise<[number, number]> {
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", LOADING], { cwd: folder });
  const [sdk, ours]: unknown[] = JSON.parse(stdout);
  return [Number(sdk), Number(ours)];
}

async function answersOf(rhombus: Rhombus, repetitions: number): Promise<FirstAnswer[]> {
  const handlers = new Map<Contestant, string>();
  for (const contestant of ["floor", "ours"] as const) handlers.set(contestant, await handlerOf(contestant, rhombus));
  const answers: FirstAnswer[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const [contestant, handler] of handlers) answers.push(await firstAnswer(contestant, handler, rhombus));
  }
  return answers;
}

/** What the state holds under `__provider` once the contestant's program has been deployed: the code that the process runs. */
async function handlerOf(contestant: Contestant, rhombus: Rhombus): Promise<string> {
  const project = await openProject(contestant, rhombus.url);
  try {
    await project.run("up", { env: declaring({ groups: 1 }) });
    const handler = /"__provider": ?("(?:[^"\\]|\\.)*")/.exec(readFileSync(project.stateFile, "utf8"))?.[1];
    await project.run("destroy");
    if (handler === undefined) throw new Error(`The state of ${contestant} holds no __provider.`);
    return String(JSON.parse(handler));
  } finally {
    project.close();
  }
}

async function firstAnswer(contestant: Contestant, handler: string, rhombus: Rhombus): Promise<FirstAnswer> {
  const inputs = { name: `Team of ${randomUUID()}`, description: "Opens what it needs", __provider: handler };
  const startedAt = performance.now();
  const started = await DynamicProviderProcess.start();
  const rpc = new ProviderClient(started.address);
  try {
    const listensAt = performance.now();
    await rpc.configure({ "rhombus:endpoint": rhombus.url, "rhombus:apiKey": campusSeed.acme.apiKey });
    await rpc.check("AccessControlGroup", { news: inputs });
    const checkedAt = performance.now();
    const checkedBytes = memoryOf(started.pid);
    await rpc.create("AccessControlGroup", inputs);
    const createdAt = performance.now();
    const createdBytes = memoryOf(started.pid);
    return {
      contestant,
      listeningMs: listensAt - startedAt,
      checkedMs: checkedAt - listensAt,
      createdMs: createdAt - checkedAt,
      ...(checkedBytes === undefined ? {} : { checkedBytes }),
      ...(createdBytes === undefined ? {} : { createdBytes }),
    };
  } finally {
    rpc.close();
    await started.close();
  }
}
