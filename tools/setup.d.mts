/** Options of {@link prepare}. */
export interface PrepareOptions {
  /** True to provide the Pulumi CLI as well. */
  engine: boolean;
  /** The checkout. Default: the one that contains this file. */
  root?: string;
  /** The environment. Default: that of the process. */
  env?: NodeJS.ProcessEnv;
  /** Receives lines of progress. Default: they are printed to stderr. */
  log?: (line: string) => void;
  /** The version of Node to check, such as `20.19.0`. Default: that of the process. */
  nodeVersion?: string;
}

/** The result of {@link prepare}. */
export interface Prepared {
  /** The folder of the Pulumi CLI, to put first on PATH; absent if no engine was requested. */
  engineBin?: string;
}

/**
 * Makes a checkout ready to run: installs the dependencies if they are missing or older than package-lock.json, builds
 * `dist/` if it is missing or was built from other sources, and provides the Pulumi CLI. Does nothing, in well under a
 * second, if everything is up to date.
 *
 * Throws an Error if Node is older than 20.19, or if `npm ci`, the build or the engine fails.
 */
export declare function prepare(options: PrepareOptions): Promise<Prepared>;

/**
 * Makes {@link prepare} treat a copy of a prepared checkout as up to date: nothing is installed or built in it.
 * @param root The copy.
 */
export declare function assumePrepared(root: string): void;
