// Usage: npx tsx test/laws/states/save.ts. Deploys the program of program.ts to an emulator, and saves the state in a folder
// named for the version in package.json. Commit the folder.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { version } from "../../../package.json";
import { startEmulator } from "../../../provider/emulator";
import { prepare } from "../../../tools/setup.mjs";
import { TestStack } from "../../engine/stack";
import { declare, ENDPOINT, savedProgram } from "./program";

void save().catch((error: unknown) => {
  process.exitCode = 1;
  console.error(error instanceof Error ? error.message : String(error));
});

async function save(): Promise<void> {
  const folder = path.join(__dirname, version);
  if (existsSync(folder)) {
    throw new Error(
      `The state of ${version} exists. If this version is released, raise the version in package.json. Otherwise remove ` +
        `${folder}, and run this again.`,
    );
  }
  await prepare({ engine: true });
  const emulator = await startEmulator();
  try {
    const state = await deployed(emulator.url);
    mkdirSync(folder);
    for (const [name, value] of Object.entries({ program: savedProgram, rhombus: emulator.save(), state })) {
      const text = JSON.stringify(value, withoutPlaces, 1).replaceAll(emulator.url, ENDPOINT);
      writeFileSync(path.join(folder, `${name}.json`), `${text}\n`);
    }
    console.log(`Saved the state of ${version} in ${folder}. Commit it.`);
  } finally {
    await emulator.close();
  }
}

async function deployed(endpoint: string): Promise<unknown> {
  const { config, ...program }: typeof savedProgram = JSON.parse(
    JSON.stringify(savedProgram).replaceAll(ENDPOINT, endpoint),
  );
  const stack = await TestStack.open({ config });
  try {
    await stack.up(async () => declare({ config, ...program }, false));
    return JSON.parse(await stack.cli("stack", "export"));
  } finally {
    stack.close();
  }
}

/** Omits the paths of source files, which Pulumi stores. */
function withoutPlaces(key: string, value: unknown): unknown {
  return key === "sourcePosition" || key === "stackTrace" ? undefined : value;
}
