import { randomUUID } from "node:crypto";
import { chmod, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";

/** The program that the engine starts for dynamic providers; official releases bring one, the Go modules do not. */
export const LAUNCHER = "pulumi-resource-pulumi-nodejs";

/** The engine starts it in the program's folder, so Node finds the SDK that the program itself uses. */
const LAUNCHER_TEXT = `#!/bin/sh
# Starts the dynamic-provider server of the @pulumi/pulumi that the program in this folder has installed.
set -e
server=$(node -e 'console.log(require.resolve("@pulumi/pulumi/cmd/dynamic-provider"))')
exec node "$server" "$@"
`;

/**
 * Writes the launcher, or renews one that an earlier version of these tools wrote. The file appears whole or not at
 * all, because an engine may be starting it right now.
 *
 * @param {string} bin
 */
export async function writeLauncher(bin) {
  const file = path.join(bin, LAUNCHER);
  const present = await readFile(file, "utf8").catch(() => undefined);
  if (present === LAUNCHER_TEXT) {
    return;
  }
  const draft = path.join(bin, `.${LAUNCHER}-${randomUUID()}`);
  await writeFile(draft, LAUNCHER_TEXT);
  await chmod(draft, 0o755);
  await rename(draft, file);
}
