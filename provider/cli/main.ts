#!/usr/bin/env node
import { join } from "node:path";
import { Command } from "commander";
import { auditCommand } from "./audit/command";
import { doctorCommand } from "./doctor/command";
import { manifestIn } from "./doctor/software";
import { emulatorCommand } from "./emulator/command";
import { importCommand } from "./import/command";
import { terminal } from "./output/terminal";
import { reviewCommand } from "./review/command";

/** The commands. A new command is one folder and one line here. */
const commands: readonly (() => Command)[] = [
  auditCommand,
  doctorCommand,
  emulatorCommand,
  importCommand,
  reviewCommand,
];

const program = new Command("pulumi-rhombus")
  .description("Tools for the Pulumi resources of Rhombus Systems.")
  .version(manifestIn(join(__dirname, "../..")).version)
  .configureOutput({ writeOut: terminal.print, writeErr: terminal.writeError })
  .showHelpAfterError("Run the command with --help to see its options.");

for (const command of commands) program.addCommand(command().copyInheritedSettings(program));

program.parseAsync().catch((error: unknown) => {
  process.exitCode = 1;
  terminal.log(`error: ${error instanceof Error ? error.message : error}`);
});
