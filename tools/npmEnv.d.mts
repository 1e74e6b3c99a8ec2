/**
 * The environment for an npm in another folder: the npm that runs a script of ours tells its children about this checkout,
 * which is none of theirs.
 * @param env The environment; by default the process's own.
 */
export declare function npmEnv(env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
