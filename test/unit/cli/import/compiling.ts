import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import ts from "typescript";
import { ROOT, textOf } from "../../../rules/sources";

const BIOME = path.join(ROOT, "node_modules", "@biomejs", "biome", "bin", "biome");

export function biomeObjections(programs: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "rhombus-programs-"));
  try {
    const config: unknown = JSON.parse(textOf("biome.json"));
    writeFileSync(path.join(folder, "biome.json"), JSON.stringify({ ...Object(config), vcs: { enabled: false } }));
    for (const [name, text] of Object.entries(programs)) writeFileSync(path.join(folder, name), text);
    const args = [
      BIOME,
      "check",
      "--error-on-warnings",
      "--colors=off",
      "--max-diagnostics=20",
      ...Object.keys(programs),
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
    return status === 0 ? "" : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function compilerObjections(programs: Readonly<Record<string, string>>): string[] {
  const folder = path.join(ROOT, "examples", "quickstart");
  const file = path.join(folder, "tsconfig.json");
  const settings = ts.parseJsonConfigFileContent(ts.readConfigFile(file, ts.sys.readFile).config, ts.sys, folder);
  const texts = new Map(Object.entries(programs).map(([name, text]) => [path.join(folder, name), text]));
  const host = ts.createCompilerHost(settings.options);
  const { fileExists, readFile } = host;
  host.fileExists = (name) => texts.has(name) || fileExists(name);
  host.readFile = (name) => texts.get(name) ?? readFile(name);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, options, ...others) => {
    const text = texts.get(name);
    return text === undefined ? getSourceFile(name, options, ...others) : ts.createSourceFile(name, text, options);
  };
  const program = ts.createProgram([...texts.keys()], settings.options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file: at, messageText }) => {
    return `${path.basename(at?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
  });
}
