import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { InstalledSdk } from "../../../tools/matrix/matrix.mjs";
import { assumePrepared } from "../../../tools/setup.mjs";

const ROOT = path.resolve(__dirname, "../../..");

/** What the suites that run in a room, and what they run, consist of. */
const COPIED = [
  ...["dist", "examples", "provider", "test", "tools", "Pulumi.yaml"],
  ...["package.json", "package-lock.json", "tsconfig.json", "tsconfig.build.json", ".mocharc.json"],
];

/** The packages that have to be the very same ones for the SDK and for the tests that speak to it. */
const SHARED_WITH_SDK = ["@pulumi", "@grpc", "google-protobuf"];

/**
 * Makes a copy of this checkout in which `@pulumi/pulumi` is another version. All other packages are those of the checkout.
 * @param sdk The version.
 * @returns Its folder; {@link clearRoom} removes it.
 */
export function makeRoom(sdk: InstalledSdk): string {
  const room = realpathSync(mkdtempSync(path.join(os.tmpdir(), `rhombus-sdk-${sdk.version}-`)));
  for (const name of COPIED) cpSync(path.join(ROOT, name), path.join(room, name), { recursive: true });
  const modules = path.join(room, "node_modules");
  mkdirSync(modules);
  for (const [name, home] of packages(sdk)) symlinkSync(home, path.join(modules, name));
  symlinkSync(room, path.join(modules, "pulumi-rhombus"));
  assumePrepared(room);
  return room;
}

/** The packages of a room: where each one lies. */
function packages(sdk: InstalledSdk): (readonly [name: string, home: string])[] {
  const installed = path.join(ROOT, "node_modules");
  const names = readdirSync(installed).filter((name) => !name.startsWith(".") && name !== "pulumi-rhombus");
  return names.map((name) => [name, path.join(SHARED_WITH_SDK.includes(name) ? sdk.modules : installed, name)]);
}

/**
 * Removes a room.
 * @param room Its folder.
 */
export function clearRoom(room: string): void {
  rmSync(room, { recursive: true, force: true });
}
