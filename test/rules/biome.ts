import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { ROOT, textOf } from "./sources";

const BIOME = path.join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");

/** The rules that judge imports. */
const RULES = ["lint/style/noRestrictedImports", "lint/style/noCommonJs"];

/** A file to be linted. */
export interface Sample {
  /** Its path from the root; it need not exist. */
  readonly file: string;
  /** Its statements, each on a line of its own. */
  readonly statements: readonly string[];
}

/**
 * Lints samples, all at once, with the checkout's rules in a temporary folder.
 * @param samples The files.
 * @returns By file, what the rules on imports say against each statement; "" when they have nothing against it.
 * @throws Error when Biome does not run.
 */
export function objectionsTo(samples: readonly Sample[]): Map<string, string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "rhombus-arrows-"));
  try {
    const config: unknown = JSON.parse(textOf("biome.json"));
    writeFileSync(path.join(folder, "biome.json"), JSON.stringify({ ...Object(config), vcs: { enabled: false } }));
    for (const { file, statements } of samples) {
      mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
      writeFileSync(path.join(folder, file), statements.map((statement) => `${statement};\n`).join(""));
    }
    const found = diagnosticsIn(folder);
    return new Map(
      samples.map(({ file, statements }) => [
        file,
        statements.map((_, index) => found.get(`${file}:${index + 1}`) ?? ""),
      ]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function diagnosticsIn(folder: string): Map<string, string> {
  const args = [BIOME, "lint", "--reporter=json", "--max-diagnostics=none"];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (!stdout.startsWith("{")) throw new Error(`Biome did not run: ${stderr}`);
  const report: {
    diagnostics: { category: string; message: string; location: { path: string; start: { line: number } } }[];
  } = JSON.parse(stdout);
  return new Map(
    report.diagnostics
      .filter(({ category }) => RULES.includes(category))
      .map(({ message, location }) => [`${location.path}:${location.start.line}`, message]),
  );
}
