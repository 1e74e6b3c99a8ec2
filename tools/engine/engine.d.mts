/** The origin of an engine: installed on PATH, in the cache, downloaded by this call, or built from Go modules by this call. */
export type EngineSource = "path" | "cache" | "download" | "go";

/** A Pulumi CLI that is ready to run. */
export interface Engine {
  /** The folder to put first on PATH; it holds `pulumi`, `pulumi-language-nodejs` and `pulumi-resource-pulumi-nodejs`. */
  bin: string;
  /** The CLI's version, without a leading `v`. */
  version: string;
  /** The origin of the engine. */
  source: EngineSource;
}

/** Options of {@link ensureEngine}; only tests need other values than the defaults. */
export interface EnsureEngineOptions {
  /** Receives lines of progress. Default: they are printed to stderr. */
  log?: (line: string) => void;
  /** The environment. Default: that of the process. */
  env?: NodeJS.ProcessEnv;
  /** The address that must answer before a download starts. Default: the vendor's installer. */
  site?: string;
  /** The program that downloads, called with a folder and a version. Default: a call of the Automation API. */
  installer?: string;
  /** Milliseconds between two lines that report the elapsed time of a slow step. Default: 20 000. */
  progressEveryMs?: number;
}

/**
 * Provides the Pulumi CLI: from PATH (3.216.0 or newer), else from the cache outside the checkout, else by the official
 * download, else by a build from Go modules. `PULUMI_RHOMBUS_ENGINE` lists the sources to try instead, in order,
 * separated by commas: `path`, `cache`, `download`, `go`.
 *
 * Throws an Error with the reason of each source and the ways to get an engine, or another Error if a signal stopped it.
 */
export declare function ensureEngine(options?: EnsureEngineOptions): Promise<Engine>;
