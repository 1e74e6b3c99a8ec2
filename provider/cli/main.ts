#!/usr/bin/env node
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { messageOf } from "../core/schema/values";
import { accessCommand } from "./access/command";
import { applyCommand } from "./apply/command";
import { auditCommand } from "./audit/command";
import { doctorCommand } from "./doctor/command";
import { manifestIn } from "./doctor/software";
import { emulatorCommand } from "./emulator/command";
import { importCommand } from "./import/command";
import { interrupt } from "./interruption";
import { terminal } from "./output/terminal";
import { reviewCommand } from "./review/command";

/** The commands. A new command is one folder and one line here. */
const commands: readonly (() => Command)[] = [
  accessCommand,
  applyCommand,
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
  .showHelpAfterError("Run the command with --help to see its options.")
  // Without it, commander ends the process before its output is written.
  .exitOverride();

for (const command of commands) program.addCommand(command().copyInheritedSettings(program));

let failure: number | undefined;

/** Sets the exit code, whatever the command sets. Returns false if the command may be ended at once. */
function fail(exitCode: number): boolean {
  failure ??= exitCode;
  return interrupt(exitCode);
}

function printError(error: unknown): void {
  // Commander has printed its own errors.
  if (!(error instanceof CommanderError)) terminal.log(`error: ${messageOf(error)}`);
}

terminal.onFailure = fail;
process.on("uncaughtException", (error) => {
  printError(error);
  if (!fail(1)) process.exit();
});
process.on("exit", () => {
  if (failure !== undefined) process.exitCode = failure;
});

program.parseAsync().catch((error: unknown) => {
  printError(error);
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1;
});
