import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { campusSeed, type Emulator } from "../../provider/emulator";
import { ProviderClient } from "../../test/drivers/grpc/client";
import { DynamicProviderProcess } from "../../test/drivers/grpc/process";
import { memoryOf } from "../environment/memory";
import { groupsEnv, type Implementation, openProject } from "../implementations";

/** The times and the memory of the first responses of a provider process. */
export interface FirstResponses {
  readonly implementation: Implementation;
  /** Milliseconds from the start of the process until it listens, which is the time of Pulumi's SDK. */
  readonly listeningMs: number;
  /** Milliseconds from then to the response to the first call: a configuration and a check. */
  readonly checkedMs: number;
  /** Milliseconds from then to the response to the second call: a create, with its API calls. */
  readonly createdMs: number;
  /** The memory after the first response, in bytes; absent if the system does not report it. */
  readonly checkedBytes?: number;
  /** The memory after the second response, in bytes; absent if the system does not report it. */
  readonly createdBytes?: number;
}

/** The cost of loading the package and starting its provider. */
export interface StartUp {
  /** Milliseconds of `require("@pulumi/pulumi")`, each in a new process. */
  readonly sdkMs: readonly number[];
  /** Milliseconds of `require("pulumi-rhombus")` after it. */
  readonly oursMs: readonly number[];
  readonly responses: readonly FirstResponses[];
}

/** Uses `process.stdout.write`, because `console.log` loads further modules. */
const LOADING = `const start = performance.now();
require("@pulumi/pulumi");
const sdk = performance.now();
require("pulumi-rhombus");
process.stdout.write(JSON.stringify([sdk - start, performance.now() - sdk]));`;

export async function measureStartUp(emulator: Emulator, repetitions: number): Promise<StartUp> {
  const [sdkMs, oursMs]: [number[], number[]] = [[], []];
  const project = await openProject("ours", emulator.url);
  try {
    for (let repetition = 0; repetition < repetitions; repetition += 1) {
      const [sdk, ours] = await loadTimes(project.folder);
      sdkMs.push(sdk);
      oursMs.push(ours);
    }
  } finally {
    project.close();
  }
  return { sdkMs, oursMs, responses: await measureResponses(emulator, repetitions) };
}

async function loadTimes(folder: string): Promise<[number, number]> {
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", LOADING], { cwd: folder });
  const [sdk, ours]: unknown[] = JSON.parse(stdout);
  return [Number(sdk), Number(ours)];
}

async function measureResponses(emulator: Emulator, repetitions: number): Promise<FirstResponses[]> {
  const handlers = new Map<Implementation, string>();
  for (const implementation of ["floor", "ours"] as const)
    handlers.set(implementation, await handlerOf(implementation, emulator));
  const responses: FirstResponses[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    for (const [implementation, handler] of handlers)
      responses.push(await firstResponses(implementation, handler, emulator));
  }
  return responses;
}

/** The code that the provider process runs: `__provider` in the state of a deployed program. */
async function handlerOf(implementation: Implementation, emulator: Emulator): Promise<string> {
  const project = await openProject(implementation, emulator.url);
  try {
    await project.run("up", { env: groupsEnv({ groups: 1 }) });
    const handler = /"__provider": ?("(?:[^"\\]|\\.)*")/.exec(readFileSync(project.stateFile, "utf8"))?.[1];
    await project.run("destroy");
    if (handler === undefined) throw new Error(`The state of ${implementation} has no __provider.`);
    return String(JSON.parse(handler));
  } finally {
    project.close();
  }
}

async function firstResponses(
  implementation: Implementation,
  handler: string,
  emulator: Emulator,
): Promise<FirstResponses> {
  const inputs = { name: `Team of ${randomUUID()}`, description: "Opens what it needs", __provider: handler };
  const startedAt = performance.now();
  const started = await DynamicProviderProcess.start();
  const rpc = new ProviderClient(started.address);
  try {
    const listensAt = performance.now();
    await rpc.configure({ "rhombus:endpoint": emulator.url, "rhombus:apiKey": campusSeed.acme.apiKey });
    await rpc.check("AccessControlGroup", { news: inputs });
    const checkedAt = performance.now();
    const checkedBytes = memoryOf(started.pid);
    await rpc.create("AccessControlGroup", inputs);
    const createdAt = performance.now();
    return {
      implementation,
      listeningMs: listensAt - startedAt,
      checkedMs: checkedAt - listensAt,
      createdMs: createdAt - checkedAt,
      checkedBytes,
      createdBytes: memoryOf(started.pid),
    };
  } finally {
    rpc.close();
    await started.close();
  }
}
