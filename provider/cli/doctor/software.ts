import { existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import {
  type InstalledPackage,
  NODE,
  otherRuntimeOf,
  type Project,
  packageFrom,
  resolvedFrom,
} from "../pulumi/project";
import { type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { isInRange } from "../pulumi/versions";
import { type Check, failed, fine, unknown, warned } from "./check";

const OURS = "pulumi-rhombus";
const SDK = "@pulumi/pulumi";

/** What this package is, and what it needs. */
export interface Manifest {
  /** Its folder. */
  readonly folder: string;
  /** Its version. */
  readonly version: string;
  /** The versions of Node that it runs with. */
  readonly node: string;
  /** The versions of Pulumi, CLI and SDK, that it runs with. */
  readonly pulumi: string;
}

/**
 * Reads the manifest of this package.
 * @param folder Its folder.
 */
export function manifestIn(folder: string): Manifest {
  const manifest: {
    readonly version: string;
    readonly engines: { readonly node: string };
    readonly peerDependencies: Readonly<Record<string, string>>;
  } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return {
    folder,
    version: manifest.version,
    node: manifest.engines.node,
    pulumi: manifest.peerDependencies[SDK] ?? "",
  };
}

/**
 * Whether Node is one that the package runs with.
 * @param version Its version.
 * @param manifest What the package needs.
 */
export function nodeCheck(version: string, { node }: Manifest): Check {
  if (isInRange(version, node)) return fine("Node", version);
  return failed("Node", `${version}, and ${node} is needed`, "Install a newer Node, and see that Pulumi runs it too.");
}

/**
 * Whether there is a Pulumi CLI that the package runs with.
 * @param cli The CLI.
 * @param manifest What the package needs.
 */
export async function cliCheck(cli: PulumiCli, { pulumi }: Manifest): Promise<Check> {
  const name = "Pulumi CLI";
  try {
    const version = (await cli.run("version")).trim().replace(/^v/, "");
    if (isInRange(version, pulumi)) return fine(name, version);
    return failed(name, `${version}, and ${pulumi} is needed`, "Install a newer Pulumi CLI.");
  } catch (error) {
    if (!(error instanceof PulumiCliError)) throw error;
    return failed(
      name,
      error.message,
      "Install it, from https://www.pulumi.com/docs/install/, and put it on the PATH.",
    );
  }
}

/**
 * Whether there is a program that would find Pulumi's SDK and this package, both in a version that fits.
 * @param project The project; `undefined` where there is none.
 * @param manifest This package, as it runs this command.
 */
export function programChecks(project: Project | undefined, manifest: Manifest): Check[] {
  if (project === undefined) {
    const remedy = "Run the command in the folder of a Pulumi program, the one with Pulumi.yaml.";
    const known = [SDK, OURS].map((name) => unknown(name, "resolves from a program's folder, and there is none"));
    return [failed("program", "no Pulumi.yaml here, nor in a folder around", remedy), ...known];
  }
  const { programFolder } = project;
  if (!existsSync(programFolder)) {
    const remedy = `Correct main in ${project.file}.`;
    return [failed("program", `${programFolder} does not exist`, remedy)];
  }
  const sdk = packageFrom(SDK, programFolder);
  return [programCheck(project), sdkCheck(sdk, programFolder, manifest), ownCheck(sdk, programFolder, manifest)];
}

function programCheck(project: Project): Check {
  const { file, programFolder } = project;
  const other = otherRuntimeOf(project);
  if (other === undefined) return fine("program", programFolder);
  const remedy = `Use the package in a program of TypeScript or JavaScript, with \`runtime: ${NODE}\` in ${file}.`;
  return failed("program", `its runtime is ${other}, and ${NODE} is needed`, remedy);
}

function sdkCheck(sdk: InstalledPackage | undefined, program: string, { pulumi }: Manifest): Check {
  const remedy = `Run \`npm install ${SDK}\` in the program's folder.`;
  if (sdk === undefined) return failed(SDK, "does not resolve from the program's folder", remedy);
  const said = `${sdk.version}, ${shortened(sdk.folder, program)}`;
  return isInRange(sdk.version, pulumi) ? fine(SDK, said) : failed(SDK, `${said}, and ${pulumi} is needed`, remedy);
}

function ownCheck(sdk: InstalledPackage | undefined, program: string, manifest: Manifest): Check {
  const own = packageFrom(OURS, program);
  if (own === undefined) {
    const remedy = `Add ${OURS} to the program's own package.json, also under pnpm, and run \`npm install\`.`;
    return failed(OURS, "does not resolve from the program's folder", remedy);
  }
  const said = `${own.version}, ${shortened(own.folder, program)}`;
  if (resolvedFrom(`${OURS}/provider`, program) === undefined) {
    const remedy = "Install it anew; in a checkout, run `npm run build`.";
    return failed(OURS, `${said}, is not complete: ${OURS}/provider does not resolve`, remedy);
  }
  const itsSdk = packageFrom(SDK, own.folder);
  if (sdk !== undefined && itsSdk !== undefined && itsSdk.folder !== sdk.folder) {
    const other = `${itsSdk.version}, ${shortened(itsSdk.folder, program)}`;
    const remedy = "Let both resolve to one: run `npm dedupe`, or install the package instead of linking it.";
    return warned(OURS, `${said}, has another copy of ${SDK} than the program: ${other}`, remedy);
  }
  if (own.folder === realpathSync(manifest.folder)) return fine(OURS, said);
  const remedy = `Run \`npx ${OURS}\` in the program's folder.`;
  return warned(OURS, `${said}, is another copy than this command's, ${manifest.version}, ${manifest.folder}`, remedy);
}

/** A folder as a person would write it from the program's folder. */
function shortened(folder: string, program: string): string {
  const relative = path.relative(realpathSync(program), folder);
  return relative.startsWith("..") ? folder : relative;
}
