// Usage: npm run engine. Provides the Pulumi CLI and prints the folder to put on PATH.
import { messageOf } from "../messages.mjs";
import { ensureEngine } from "./engine.mjs";

try {
  const { bin, version, source } = await ensureEngine();
  process.stderr.write(`Pulumi ${version} (${source})\n`);
  process.stdout.write(`${bin}\n`);
} catch (error) {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exitCode = 1;
}
