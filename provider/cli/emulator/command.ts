import { once } from "node:events";
import { readFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { messageOf } from "../../core/schema/values";
import { describeBehaviours, parseBehaviour } from "../../emulator/behaviours/checkBehaviours";
import { seeds } from "../../emulator/emulator";
import {
  type Behaviours,
  campusSeed,
  type EmulatorTls,
  type LoggedRequest,
  type RateLimit,
  type SeedName,
  startEmulator,
} from "../../emulator/index";
import { interruptible } from "../interruption";
import { columns } from "../output/plainText";
import { terminal } from "../output/terminal";

/** The names of the seeds by their names on the command line. */
const seedNames = { campus: "campus", "lived-in": "livedIn" } as const satisfies Record<string, SeedName>;

interface EmulatorFlags {
  readonly port: number;
  readonly seed: keyof typeof seedNames;
  readonly rate?: number;
  readonly burst?: number;
  readonly latency: number;
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
  readonly clientAuthority?: string;
  readonly behaviour: Partial<Behaviours>;
}

/** The command `pulumi-rhombus emulator`: runs an emulated Rhombus until it is interrupted. */
export function emulatorCommand(): Command {
  return new Command("emulator")
    .summary("run an emulated Rhombus on this machine")
    .description(
      "Runs an in-memory Rhombus on 127.0.0.1, to try Pulumi programs without an account. " +
        "It prints the variables to export and the address of a page for a browser, then one line per call. " +
        "Nothing is stored when it stops.",
    )
    .option("--port <port>", "port to listen on; 0 selects a free port", parsePort, 0)
    .addOption(
      new Option("--seed <name>", "initial objects: organizations with their doors, or integrations and groups as well")
        .choices(Object.keys(seedNames))
        .default("campus"),
    )
    .option("--rate <calls>", "calls per second and organization (default: no limit)", parseAbove(0))
    .option("--burst <calls>", "calls at once before --rate applies (default: 10 x rate)", parseAbove(1))
    .option("--latency <ms>", "duration of each call in milliseconds", parseAbove(0), 0)
    .option("--tls-certificate <file>", "serve HTTPS with this certificate, PEM, for 127.0.0.1")
    .option("--tls-key <file>", "the private key of --tls-certificate, PEM")
    .option(
      "--client-authority <file>",
      "require client certificates of this authority, PEM, except for the page; needs the two options above",
    )
    .addOption(
      new Option("--behaviour <name=value...>", "a behaviour that Rhombus does not document; may be repeated")
        .default({}, "the emulator's defaults")
        .argParser(addBehaviour),
    )
    .addHelpText("after", helpText())
    .action(run);
}

async function run(flags: EmulatorFlags, command: Command): Promise<void> {
  const seed = seeds[seedNames[flags.seed]]();
  const names = new Map(seed.organizations.map(({ uuid, name }) => [uuid, name]));
  const rateLimit = rateLimitOf(flags, command);
  const tls = tlsOf(flags, command);
  const emulator = await startEmulator({
    port: flags.port,
    seed,
    behaviours: flags.behaviour,
    latencyMs: flags.latency,
    ...(rateLimit && { rateLimit }),
    ...(tls && { tls }),
    onRequest: (request) => terminal.print(`${line(request, names)}\n`),
  }).catch((error: unknown) => explainUsedPort(error, flags.port));
  await interruptible(async (interruption) => {
    terminal.printVerbatim(`${greeting(emulator.url, flags)}\n`);
    if (!interruption.aborted) await once(interruption, "abort");
    await emulator.close();
  });
  terminal.print("Stopped.\n");
}

function rateLimitOf({ rate, burst }: EmulatorFlags, command: Command): RateLimit | undefined {
  if (rate === undefined && burst !== undefined)
    command.error("error: --burst needs --rate; give both, or --rate alone.");
  return rate === undefined ? undefined : { ratePerSecond: rate, burst: burst ?? Math.max(1, rate * 10) };
}

function tlsOf(flags: EmulatorFlags, command: Command): EmulatorTls | undefined {
  const { tlsCertificate, tlsKey, clientAuthority } = flags;
  if (tlsCertificate === undefined && tlsKey === undefined && clientAuthority === undefined) return undefined;
  if (tlsCertificate === undefined || tlsKey === undefined) {
    return command.error("error: HTTPS needs both --tls-certificate and --tls-key.");
  }
  const textIn = (file: string) => readFileSync(file, "utf8");
  const own = { certificate: textIn(tlsCertificate), key: textIn(tlsKey) };
  return clientAuthority === undefined ? own : { ...own, clientAuthority: textIn(clientAuthority) };
}

function greeting(url: string, { seed, tlsCertificate, clientAuthority }: EmulatorFlags): string {
  const { acme, partner, bluebird } = campusSeed;
  return `Rhombus emulator at ${url}, seed ${seed}. Its keys work only here.
Open ${url} in a browser to see its objects and to change them by hand.

  export RHOMBUS_ENDPOINT_URL=${url} RHOMBUS_API_KEY=${acme.apiKey}

This key belongs to ${acme.name}. With one that may only read:

  export RHOMBUS_ENDPOINT_URL=${url} RHOMBUS_API_KEY=${acme.readOnlyApiKey}

As the partner ${partner.name}, for the client ${bluebird.name}:

  export RHOMBUS_ENDPOINT_URL=${url} RHOMBUS_API_KEY=${partner.apiKey} RHOMBUS_PARTNER=true RHOMBUS_ORG_UUID=${bluebird.orgUuid}

Use a stack without rhombus:apiKey and rhombus:profile in its config: they have precedence over these variables.
${tlsCertificate === undefined ? "" : trustText(clientAuthority)}
Press Ctrl-C to stop.
`;
}

function trustText(clientAuthority: string | undefined): string {
  const trusting = "export NODE_EXTRA_CA_CERTS=…   # the authority of its certificate";
  const showing = "export RHOMBUS_CLIENT_CERTIFICATE=… RHOMBUS_CLIENT_KEY=…   # of the authority in";
  return clientAuthority === undefined ? `\n  ${trusting}\n` : `\n  ${trusting}\n  ${showing} ${clientAuthority}\n`;
}

function line(request: LoggedRequest, organizations: ReadonlyMap<string, string>): string {
  const { operation, path, organizationUuid, status, atMillis, durationMs } = request;
  const time = new Date(atMillis).toISOString().slice(11, 23);
  const organization = organizations.get(organizationUuid ?? "") ?? "-";
  return `${time}  ${operation ?? path}  ${organization}  ${status || "no answer"}  ${durationMs} ms`;
}

function explainUsedPort(error: unknown, port: number): never {
  if (!messageOf(error).includes("EADDRINUSE")) throw error;
  throw new Error(`port ${port} is in use. Give another --port, or omit it to select a free port.`);
}

function parsePort(written: string): number {
  const port = Number(written);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError("Give a whole number from 0 to 65535.");
}

function parseAbove(least: number): (written: string) => number {
  return (written) => {
    const value = Number(written || Number.NaN);
    if (Number.isFinite(value) && value >= least) return value;
    throw new InvalidArgumentError(`Give a number of at least ${least}.`);
  };
}

function addBehaviour(written: string, previous: Partial<Behaviours>): Partial<Behaviours> {
  try {
    return { ...previous, ...parseBehaviour(written) };
  } catch (error) {
    throw new InvalidArgumentError(messageOf(error));
  }
}

function helpText(): string {
  const behaviours = describeBehaviours().map(({ name, settings, question }) => [
    `${name}=${settings.join("|")}`,
    question,
  ]);
  return `
Behaviours (the first value is the default):
${columns(behaviours).join("\n")}

Example:
  $ npx pulumi-rhombus emulator --seed lived-in --rate 10 --behaviour mapWrites=merge nulls=keeps`;
}
