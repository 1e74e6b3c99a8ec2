import { inspect } from "node:util";
import { runInNewContext } from "node:vm";
import { isInRange } from "../pulumi/pulumiCli";
import { type DoctorCheck, failed, passed, warned } from "./check";
import type { Manifest } from "./software";

/** A version of Node. */
export interface NodeVersion {
  /** The version, such as `24.21.0`. */
  readonly version: string;
  /** True if it hangs while it colours the stack of an error, as Pulumi does at the end of a program (nodejs/node#64011). */
  readonly hangsOnErrors: boolean;
}

/** Colouring takes less than a millisecond, unless it never ends. */
const COLOURING_LIMIT_MS = 500;

/** The Node that runs this process. */
export function thisNode(): NodeVersion {
  return { version: process.versions.node, hangsOnErrors: hangsOnErrors() };
}

/** Several lines of Node have the bug, so it is tried out. */
function hangsOnErrors(): boolean {
  const error = new Error("of a program");
  error.stack = "Error: of a program\n    at /app/node_modules/file.js:1:1";
  try {
    runInNewContext("inspect(error, { colors: true })", { inspect, error }, { timeout: COLOURING_LIMIT_MS });
    return false;
  } catch {
    return true;
  }
}

/**
 * Checks the version of Node.
 * @param node The version.
 * @param manifest The manifest of this package.
 */
export function nodeCheck({ version, hangsOnErrors }: NodeVersion, manifest: Manifest): DoctorCheck {
  if (!isInRange(version, manifest.node)) {
    const remedy = "Install a newer Node, and make sure that Pulumi runs it too.";
    return failed("Node", `${version}, and ${manifest.node} is needed`, remedy);
  }
  if (!hangsOnErrors) return passed("Node", version);
  const text = `${version} hangs for a minute or more when a program ends with an error (nodejs/node#64011)`;
  return warned("Node", text, "Install another version: 20.19.0 and 24.21.0 do not have this bug.");
}
