// Usage: npm run lint:workflows. Checks the workflows of this repository, and those in docs, offline with actionlint. It is a Go
// module, so the check needs Go; without it, it is skipped, and a line says so.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { findOnPath } from "./engine/commands.mjs";

const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.12";

const root = fileURLToPath(new URL("..", import.meta.url));
if (findOnPath("go", process.env) === undefined) {
  process.stdout.write("lint:workflows: SKIPPED, because Go is not on PATH. It runs actionlint.\n");
} else {
  process.exitCode = lint();
}

/** Lints a folder with all workflows, as a repository of its own, and returns the exit code. */
function lint() {
  const folder = mkdtempSync(path.join(os.tmpdir(), "rhombus-workflows-"));
  try {
    const workflows = path.join(folder, ".github/workflows");
    mkdirSync(path.join(folder, ".git"));
    cpSync(path.join(root, ".github/workflows"), workflows, { recursive: true });
    for (const { name, text } of documented()) writeFileSync(path.join(workflows, name), text);
    // Its checks of scripts depend on programs that may be missing.
    const args = ["run", ACTIONLINT, "-shellcheck=", "-pyflakes="];
    const { status, stdout, stderr } = spawnSync("go", args, { cwd: folder, encoding: "utf8" });
    process.stdout.write(stdout);
    process.stderr.write(stderr);
    if (status === 0) process.stdout.write(`${readdirSync(workflows).length} workflows, no problems\n`);
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The workflows in docs, which begin with a comment that names their file. */
function documented() {
  const docs = path.join(root, "docs");
  const pages = readdirSync(docs).filter((name) => name.endsWith(".md"));
  return pages.flatMap((page) => {
    const blocks = readFileSync(path.join(docs, page), "utf8").matchAll(
      /^```yaml\n# \.github\/workflows\/(\S+)\n(.*?)^```/gms,
    );
    return [...blocks].map(([, file = "", text = ""]) => ({ name: `${path.parse(page).name}-${file}`, text }));
  });
}
