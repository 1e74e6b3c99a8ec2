import { writeFile } from "node:fs/promises";
import path from "node:path";

/** The program that the engine starts for dynamic providers. Official releases contain it, the Go modules do not. */
export const LAUNCHER = "pulumi-resource-pulumi-nodejs";

/** The engine starts the launcher in the program's folder, so Node resolves the SDK that the program uses. */
const LAUNCHER_TEXT = `#!/bin/sh
# Starts the dynamic-provider server of the @pulumi/pulumi that is installed in this folder.
set -e
server=$(node -e 'console.log(require.resolve("@pulumi/pulumi/cmd/dynamic-provider"))')
exec node "$server" "$@"
`;

/**
 * Writes the launcher into a folder.
 * @param {string} bin
 */
export async function writeLauncher(bin) {
  await writeFile(path.join(bin, LAUNCHER), LAUNCHER_TEXT, { mode: 0o755 });
}
