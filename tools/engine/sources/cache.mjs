import path from "node:path";
import { engineFolder, problemWith } from "../cache.mjs";
import { ENGINE_VERSION } from "../versions.mjs";

/**
 * Uses the engine that an earlier run downloaded or built.
 * @type {import("../engine.mjs").Source}
 */
export async function fromCache({ env }) {
  const folder = engineFolder(env);
  const reason = await problemWith(folder, env);
  return reason ? { reason } : { engine: { bin: path.join(folder, "bin"), version: ENGINE_VERSION, source: "cache" } };
}
