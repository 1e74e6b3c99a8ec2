/** Where an engine came from: installed on PATH, kept in the cache, just downloaded, or just built from Go modules. */
export type EngineSource = "path" | "cache" | "download" | "go";

/** A Pulumi CLI that is ready to run. */
export interface Engine {
  /** The folder to put first on PATH; it holds `pulumi`, `pulumi-language-nodejs` and `pulumi-resource-pulumi-nodejs`. */
  bin: string;
  /** The CLI's version, without a leading `v`. */
  version: string;
  /** The way it was found. */
  source: EngineSource;
}

/** What {@link bringEngine} may be told; the defaults are right outside of tests. */
export interface BringOptions {
  /** Takes one line of progress; by default it goes to stderr. */
  log?: (line: string) => void;
  /** The environment; by default the process's own. */
  env?: NodeJS.ProcessEnv;
  /** What has to be within reach before a download starts; by default the vendor's installer. */
  site?: string;
  /** The program that downloads, called with a folder and a version; by default it calls the Automation API. */
  installer?: string;
  /** Milliseconds between two lines about the time that a slow step has taken so far; 20 000 by default. */
  progressEveryMs?: number;
}

/**
 * Brings the Pulumi CLI: from PATH (3.216.0 or newer), else from the cache outside the checkout, else by the official
 * download, else by a build from Go modules. `PULUMI_RHOMBUS_ENGINE` names one of `path`, `cache`, `download` and `go`,
 * or several separated by commas, to be tried in that order and no other.
 *
 * Throws an Error that says why each way failed and how to get an engine; throws another one when a signal stopped it.
 */
export declare function bringEngine(options?: BringOptions): Promise<Engine>;
