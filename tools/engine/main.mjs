// Usage: node tools/engine/main.mjs. Brings the Pulumi CLI and prints the folder to put on PATH.
import { bringEngine } from "./engine.mjs";

try {
  const { bin, version, source } = await bringEngine();
  process.stderr.write(`Pulumi ${version} (${source})\n`);
  process.stdout.write(`${bin}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
