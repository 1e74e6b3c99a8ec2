/** An installed Node. */
export interface InstalledNode {
  /** The version. */
  version: string;
  /** The folder to put first on PATH; it contains only `node`. */
  bin: string;
}

/** An installed SDK. */
export interface InstalledSdk {
  /** The version. */
  version: string;
  /** The `node_modules` folder with the SDK and its dependencies. */
  modules: string;
}

/** Options of {@link ensureMatrix}; only tests need other values than the defaults. */
export interface EnsureMatrixOptions {
  /** Receives lines of progress. Default: they are printed to stderr. */
  log?: (line: string) => void;
  /** The environment. Default: that of the process. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Provides the versions of Node and of Pulumi's SDK that `versions.mjs` lists: from the cache outside the checkout, else
 * from npm's registry.
 *
 * Throws an Error that names what is missing and how to get it.
 */
export declare function ensureMatrix(options?: EnsureMatrixOptions): Promise<{
  nodes: InstalledNode[];
  sdks: InstalledSdk[];
}>;
