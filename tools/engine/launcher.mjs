import { writeFile } from "node:fs/promises";
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
 * Adds the launcher to a folder that is being made.
 *
 * @param {string} bin
 */
export async function writeLauncher(bin) {
  await writeFile(path.join(bin, LAUNCHER), LAUNCHER_TEXT, { mode: 0o755 });
}
