/**
 * The environment for npm in another folder. It lacks the variables by which `npm run` describes this checkout to its
 * child processes.
 * @param env The environment. Default: that of the process.
 */
export declare function npmEnv(env?: NodeJS.ProcessEnv): NodeJS.ProcessEnv;
