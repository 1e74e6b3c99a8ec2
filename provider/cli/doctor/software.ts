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
import { isInRange, type PulumiCli, PulumiCliError } from "../pulumi/pulumiCli";
import { type DoctorCheck, failed, passed, unknown, warned } from "./check";

const OURS = "pulumi-rhombus";
const SDK = "@pulumi/pulumi";

/** The manifest of this package. */
export interface Manifest {
  /** The folder of the package. */
  readonly folder: string;
  /** The version of the package. */
  readonly version: string;
  /** The range of Node versions that it supports. */
  readonly node: string;
  /** The range of Pulumi versions, CLI and SDK, that it supports. */
  readonly pulumi: string;
}

/**
 * Reads the manifest of this package.
 * @param folder The folder of the package.
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
 * Checks the version of the Pulumi CLI.
 * @param cli The CLI.
 * @param manifest The manifest of this package.
 */
export async function cliCheck(cli: PulumiCli, { pulumi }: Manifest): Promise<DoctorCheck> {
  const name = "Pulumi CLI";
  try {
    const version = (await cli.run("version")).trim().replace(/^v/, "");
    if (isInRange(version, pulumi)) return passed(name, version);
    return failed(name, `${version}, and ${pulumi} is needed`, "Install a newer Pulumi CLI.");
  } catch (error) {
    if (!(error instanceof PulumiCliError)) throw error;
    return failed(name, error.message, "Install it from https://www.pulumi.com/docs/install/, and put it on the PATH.");
  }
}

/**
 * Checks that the program resolves the Pulumi SDK and this package in supported versions.
 * @param project The project; `undefined` if there is none.
 * @param manifest The manifest of the package that runs this command.
 */
export function programChecks(project: Project | undefined, manifest: Manifest): DoctorCheck[] {
  if (project === undefined) {
    const remedy = "Run the command in the folder of a Pulumi program, which has a Pulumi.yaml.";
    const unchecked = [SDK, OURS].map((name) => unknown(name, "not checked without a program"));
    return [failed("program", "no Pulumi.yaml here or in a parent folder", remedy), ...unchecked];
  }
  const { programFolder } = project;
  if (!existsSync(programFolder)) {
    const remedy = `Correct main in ${project.file}.`;
    return [failed("program", `${programFolder} does not exist`, remedy)];
  }
  const sdk = packageFrom(SDK, programFolder);
  return [programCheck(project), sdkCheck(sdk, programFolder, manifest), ownCheck(sdk, programFolder, manifest)];
}

function programCheck(project: Project): DoctorCheck {
  const { file, programFolder } = project;
  const other = otherRuntimeOf(project);
  if (other === undefined) return passed("program", programFolder);
  const remedy = `Use the package in a TypeScript or JavaScript program, with \`runtime: ${NODE}\` in ${file}.`;
  return failed("program", `its runtime is ${other}, and ${NODE} is needed`, remedy);
}

function sdkCheck(sdk: InstalledPackage | undefined, program: string, { pulumi }: Manifest): DoctorCheck {
  const remedy = `Run \`npm install ${SDK}\` in the program's folder.`;
  if (sdk === undefined) return failed(SDK, "does not resolve from the program's folder", remedy);
  const text = `${sdk.version}, ${shortened(sdk.folder, program)}`;
  return isInRange(sdk.version, pulumi) ? passed(SDK, text) : failed(SDK, `${text}, and ${pulumi} is needed`, remedy);
}

function ownCheck(sdk: InstalledPackage | undefined, program: string, manifest: Manifest): DoctorCheck {
  const own = packageFrom(OURS, program);
  if (own === undefined) {
    const remedy = `Add ${OURS} to the program's own package.json, also under pnpm, and run \`npm install\`.`;
    return failed(OURS, "does not resolve from the program's folder", remedy);
  }
  const text = `${own.version}, ${shortened(own.folder, program)}`;
  if (resolvedFrom(`${OURS}/provider`, program) === undefined) {
    const remedy = "Reinstall it; in a checkout, run `npm run build`.";
    return failed(OURS, `${text}, is not complete: ${OURS}/provider does not resolve`, remedy);
  }
  const itsSdk = packageFrom(SDK, own.folder);
  if (sdk !== undefined && itsSdk !== undefined && itsSdk.folder !== sdk.folder) {
    const other = `${itsSdk.version}, ${shortened(itsSdk.folder, program)}`;
    const remedy = "Let both resolve to one: run `npm dedupe`, or install the package instead of linking it.";
    return warned(OURS, `${text}, has another copy of ${SDK} than the program: ${other}`, remedy);
  }
  if (own.folder === realpathSync(manifest.folder)) return passed(OURS, text);
  const remedy = `Run \`npx ${OURS}\` in the program's folder.`;
  return warned(OURS, `${text}, is another copy than this command's, ${manifest.version}, ${manifest.folder}`, remedy);
}

/** The path relative to the program, if the folder is inside it. */
function shortened(folder: string, program: string): string {
  const relative = path.relative(realpathSync(program), folder);
  return relative.startsWith("..") ? folder : relative;
}
