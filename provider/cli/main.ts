#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command } from "commander";
import { auditCommand } from "./audit/command";
import { doctorCommand } from "./doctor/command";
import { emulatorCommand } from "./emulator/command";
import { importCommand } from "./import/command";
import { terminal } from "./output/terminal";
import { reviewCommand } from "./review/command";

/** One file per command. A new command is added to this list and nowhere else. */
const commands: readonly (() => Command)[] = [
  auditCommand,
  doctorCommand,
  emulatorCommand,
  importCommand,
  reviewCommand,
];

const program = new Command("pulumi-rhombus")
  .description("Tools around the Pulumi resources for Rhombus Systems.")
  .version(ownVersion())
  .configureOutput({ writeOut: terminal.print, writeErr: terminal.warn })
  .showHelpAfterError("Run it with --help to see what it takes.");

for (const command of commands) program.addCommand(command().copyInheritedSettings(program));

program.parseAsync().catch((error: unknown) => {
  process.exitCode = 1;
  terminal.tell(`error: ${error instanceof Error ? error.message : error}`);
});

function ownVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
  const isVersioned = typeof manifest === "object" && manifest !== null && "version" in manifest;
  return isVersioned ? String(manifest.version) : "unknown";
}
