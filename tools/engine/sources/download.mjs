import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { engineName, missingFrom, problemWith, publish } from "../cache.mjs";
import { runLong } from "../commands.mjs";
import { LAUNCHER, writeLauncher } from "../launcher.mjs";
import { ENGINE_VERSION } from "../versions.mjs";

/**
 * The vendor's installer, the first thing that `PulumiCommand.install()` fetches. It is named here only to learn
 * within seconds whether it is within reach; the Automation API has no way to ask.
 */
export const INSTALLER_SITE = "https://get.pulumi.com/install.sh";

/** The program that calls the Automation API; a process of its own, so that it can be ended with all it started. */
export const INSTALLER = fileURLToPath(new URL("../install.mjs", import.meta.url));

const REACHABILITY_LIMIT_MS = 5_000;
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/**
 * Downloads the official distribution.
 *
 * @type {import("./source.d.mts").Way}
 */
export async function fromDownload({ env, log, site, installer, progressEveryMs }) {
  if (!isAutomationApiInstalled()) {
    return { reason: "@pulumi/pulumi is not installed yet: run npm ci" };
  }
  const obstacle = await obstacleTo(site);
  if (obstacle) {
    log(obstacle);
    return { reason: obstacle };
  }
  log(`downloading the Pulumi CLI ${ENGINE_VERSION}: about a minute, once`);
  const folder = await publish(
    engineName(),
    env,
    async (draft) => {
      await runLong(process.execPath, [installer, draft, ENGINE_VERSION], {
        title: "the download",
        env,
        log,
        limitMs: DOWNLOAD_LIMIT_MS,
        progressEveryMs,
      });
      const bin = path.join(draft, "bin");
      if (missingFrom(bin).includes(LAUNCHER)) {
        await writeLauncher(bin);
      }
    },
    (made) => problemWith(made, env),
  );
  return { engine: { bin: path.join(folder, "bin"), version: ENGINE_VERSION, source: "download" } };
}

function isAutomationApiInstalled() {
  try {
    createRequire(import.meta.url).resolve("@pulumi/pulumi/automation");
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} site
 * @returns {Promise<string | undefined>} Why nothing can be downloaded from there.
 */
async function obstacleTo(site) {
  try {
    const answer = await fetch(site, { method: "HEAD", signal: AbortSignal.timeout(REACHABILITY_LIMIT_MS) });
    return answer.ok ? undefined : `the download site answers ${answer.status}`;
  } catch {
    return `the download site is not within reach (asked for ${REACHABILITY_LIMIT_MS / 1000} s at most)`;
  }
}
