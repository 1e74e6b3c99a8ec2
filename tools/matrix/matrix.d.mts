/** A Node that is ready to run. */
export interface BroughtNode {
  /** Its version. */
  version: string;
  /** The folder to put first on PATH; it holds `node` and nothing else. */
  bin: string;
}

/** An SDK that is ready to be used. */
export interface BroughtSdk {
  /** Its version. */
  version: string;
  /** The `node_modules` that holds it and all that it needs. */
  modules: string;
}

/** What {@link bringMatrix} may be told; the defaults are right outside of tests. */
export interface BringMatrixOptions {
  /** Takes one line of progress; by default it goes to stderr. */
  log?: (line: string) => void;
  /** The environment; by default the process's own. */
  env?: NodeJS.ProcessEnv;
}

/**
 * Brings the versions of Node and of Pulumi's SDK that `versions.mjs` names: from the cache outside the checkout, else from
 * npm's registry.
 *
 * Throws an Error that names what is missing and how to get it.
 */
export declare function bringMatrix(options?: BringMatrixOptions): Promise<{
  nodes: BroughtNode[];
  sdks: BroughtSdk[];
}>;
