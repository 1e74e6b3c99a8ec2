import path from "node:path";
import { cacheRoot, engineName, problemWith } from "../cache.mjs";
import { ENGINE_VERSION } from "../versions.mjs";

/**
 * Takes the engine that an earlier run has downloaded or built.
 *
 * @type {import("./source.d.mts").Way}
 */
export async function fromCache({ env }) {
  const folder = path.join(cacheRoot(env), engineName());
  const reason = await problemWith(folder, env);
  return reason ? { reason } : { engine: { bin: path.join(folder, "bin"), version: ENGINE_VERSION, source: "cache" } };
}
