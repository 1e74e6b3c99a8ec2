/**
 * The environment for npm in another folder. It lacks the variables by which `npm run` describes this checkout to its
 * child processes.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnv(env = process.env) {
  const foreign = /^(?:npm_package_|npm_lifecycle_|npm_config_(?:local_prefix|workspaces?)$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}
