/** What {@link prepare} is to get ready. */
export interface PrepareOptions {
  /** Whether the Pulumi CLI is needed as well. */
  engine: boolean;
  /** The checkout; by default the one these tools lie in. */
  root?: string;
  /** The environment; by default the process's own. */
  env?: NodeJS.ProcessEnv;
  /** Takes one line of progress; by default it goes to stderr. */
  log?: (line: string) => void;
  /** The version of Node to judge, such as `20.19.0`; by default that of this process. */
  nodeVersion?: string;
}

/** What is ready now. */
export interface Prepared {
  /** The folder to put first on PATH for the Pulumi CLI; absent where no engine was asked for. */
  engineBin?: string;
}

/**
 * Makes a checkout ready to run, whatever state it is in: installs the dependencies when they are missing or older than
 * package-lock.json, builds `dist/` when it is missing or was built from other sources, and brings the Pulumi CLI.
 * Does nothing, in well under a second, when all is there.
 *
 * Throws an Error in plain words when Node is older than 20.19, and when `npm ci`, the build or the engine fails.
 */
export declare function prepare(options: PrepareOptions): Promise<Prepared>;

/**
 * Has {@link prepare} find a copy of a prepared checkout as ready as that one: nothing is installed or built in it.
 * @param root The copy.
 */
export declare function trustCopy(root: string): void;
