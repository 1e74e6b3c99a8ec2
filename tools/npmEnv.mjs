/** @type {typeof import("./npmEnv.d.mts").npmEnv} */
export function npmEnv(env = process.env) {
  const foreign = /^(?:npm_package_|npm_lifecycle_|npm_config_(?:local_prefix|workspaces?)$|INIT_CWD$)/;
  return Object.fromEntries(Object.entries(env).filter(([name]) => !foreign.test(name)));
}
