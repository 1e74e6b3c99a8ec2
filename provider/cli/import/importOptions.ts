import type { ResourceType } from "../../resources/registry";

/** The options of the command. */
export interface ImportOptions {
  /** The file to write a program to; `-` for the standard output. */
  readonly program?: string;
  /** Declare in the program also what the stack manages. */
  readonly all: boolean;
  /** The file to write an import file to. */
  readonly out?: string;
  /** Import into the stack. */
  readonly apply: boolean;
  /** Import the resources that the program in this folder declares. */
  readonly match: boolean;
  /** Protect what is imported or declared from deletion and replacement. */
  readonly protect: boolean;
  /** The types to import. Empty: all types. */
  readonly only: readonly ResourceType[];
  /** A glob pattern for names. Default: all names. */
  readonly name?: string;
  /** Write nothing, and print what would be written. */
  readonly dryRun: boolean;
  /** Print JSON. */
  readonly json: boolean;
  /** Get outputs that reads do not return, by writing objects back unchanged. */
  readonly recoverSecrets: boolean;
  /** The explicit provider whose organization is imported. Default: that of the stack config. */
  readonly provider?: string;
  /** The stack. Default: the selected stack. */
  readonly stack?: string;
}

/** The options if none is given. */
export const defaultOptions: ImportOptions = {
  all: false,
  apply: false,
  match: false,
  protect: true,
  only: [],
  dryRun: false,
  json: false,
  recoverSecrets: false,
};
