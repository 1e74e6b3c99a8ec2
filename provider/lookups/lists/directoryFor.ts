import * as pulumi from "@pulumi/pulumi";
import { programLog } from "../../programLog";
import { connectionTo, settingsFrom } from "../../rhombus/connection";
import { Redactor } from "../../rhombus/redaction/redactor";
import { Directory } from "./directory";

/** The directories of each run, by settings. The Automation API may run several inline programs in one process. */
const runs = new WeakMap<object, Map<string, Directory>>();
const withoutEngine = {};

const output = {
  warn: (message: string) => programLog.warn(`rhombus: ${message}`),
  log: programLog.info,
};

/**
 * The directory of this run for some settings.
 * @param given The settings of an explicit provider. Default: the stack config.
 * @throws SettingsError if settings are missing or wrong.
 */
export function directoryFor(given: Readonly<Record<string, string>> | undefined): Directory {
  const stack = new pulumi.Config("rhombus");
  const config = (key: string) => (given === undefined ? stack.get(key.replace(/^rhombus:/, "")) : given[key]);
  const redactor = new Redactor();
  const settings = settingsFrom({ config, env: process.env }, redactor);
  const run = pulumi.runtime.getMonitor() ?? withoutEngine;
  const directories = runs.get(run) ?? new Map<string, Directory>();
  runs.set(run, directories);
  const identity = JSON.stringify(settings);
  const directory = directories.get(identity) ?? new Directory(connectionTo(settings, redactor, output), redactor);
  directories.set(identity, directory);
  return directory;
}
