// Usage: npm run lint:package. Packs the package and checks the tarball: its files, its entry points, and its types under
// every module resolution of TypeScript.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { prepare } from "./setup.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Files that are published besides dist and docs. */
const OTHER_FILES = ["package.json", "LICENSE", "README.md", "CHANGELOG.md", "SECURITY.md"];

// Built here and packed without scripts, because the prepack script removes dist, which other processes may be using.
await prepare({ engine: false });
const folder = mkdtempSync(path.join(os.tmpdir(), "rhombus-package-"));
try {
  const { filename, files } = pack(folder);
  const problems = [
    ...fileProblems(files),
    ...problemsFoundBy("publint", ["run", path.join(folder, filename), "--strict"]),
    ...problemsFoundBy("attw", [path.join(folder, filename), "--no-emoji", "--format", "ascii"]),
  ];
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (problems.length === 0) process.stdout.write(`${filename}: ${files.length} files, no problems\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/**
 * @param {string} destination
 * @returns {{ filename: string, files: string[] }}
 */
function pack(destination) {
  const { status, stdout, stderr } = run("npm", [
    "pack",
    "--ignore-scripts",
    "--json",
    "--pack-destination",
    destination,
  ]);
  if (status !== 0) throw new Error(`npm pack failed (exit ${status}): ${stderr}`);
  /** @type {{ filename: string, files: { path: string }[] }[]} */
  const [tarball] = JSON.parse(stdout);
  if (tarball === undefined) throw new Error("npm pack wrote no tarball.");
  return { filename: tarball.filename, files: tarball.files.map((file) => file.path) };
}

/** @param {string[]} files */
function fileProblems(files) {
  const stray = files.filter(
    (file) => !/^dist\/|^docs\/(?:resources\/)?[\w-]+\.md$/.test(file) && !OTHER_FILES.includes(file),
  );
  const missing = [...OTHER_FILES, ...entryPoints()].filter((file) => !files.includes(file));
  return [
    ...stray.map((file) => `${file} would be published, and should not be`),
    ...missing.map((file) => `${file} would not be published`),
  ];
}

/** The files that `exports` and `bin` of package.json name. */
function entryPoints() {
  /** @type {{ exports: Record<string, string | Record<string, string>>, bin: Record<string, string> }} */
  const { exports, bin } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
  const targets = Object.values(exports).flatMap((target) =>
    typeof target === "string" ? target : Object.values(target),
  );
  return [...targets, ...Object.values(bin)].map((target) => path.posix.normalize(target));
}

/**
 * @param {string} checker
 * @param {string[]} args
 */
function problemsFoundBy(checker, args) {
  const { status, stdout, stderr } = run(checker, args);
  return status === 0 ? [] : [`${checker} found (exit ${status}):\n${stdout}${stderr}`];
}

/**
 * @param {string} command
 * @param {string[]} args
 */
function run(command, args) {
  const installed = path.join(ROOT, "node_modules", ".bin");
  const env = { ...process.env, PATH: `${installed}${path.delimiter}${process.env.PATH}`, NO_COLOR: "1" };
  return spawnSync(command, args, { cwd: ROOT, env, encoding: "utf8", shell: process.platform === "win32" });
}
