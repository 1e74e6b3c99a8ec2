import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { missingFrom, publishEngine } from "../cache.mjs";
import { runLong } from "../commands.mjs";
import { LAUNCHER, writeLauncher } from "../launcher.mjs";
import { ENGINE_VERSION } from "../versions.mjs";

/**
 * Pulumi's installer, which `PulumiCommand.install()` fetches first. A request to it shows within seconds whether
 * a download can work; the Automation API has no such check.
 */
export const INSTALLER_SITE = "https://get.pulumi.com/install.sh";

/** The program that calls the Automation API. It is a process of its own, so that a time limit can end all its children. */
export const INSTALLER = fileURLToPath(new URL("../install.mjs", import.meta.url));

const REACHABILITY_LIMIT_MS = 5_000;
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/**
 * Downloads the official distribution.
 * @type {import("../engine.mjs").Source}
 */
export async function fromDownload({ env, log, site, installer }) {
  if (!isAutomationApiInstalled()) {
    return { reason: "@pulumi/pulumi is not installed yet: run npm ci" };
  }
  const problem = await problemWithSite(site);
  if (problem) {
    log(problem);
    return { reason: problem };
  }
  log(`downloading the Pulumi CLI ${ENGINE_VERSION}: about a minute, once`);
  return publishEngine("download", env, async (bin) => {
    await runLong(process.execPath, [installer, path.dirname(bin), ENGINE_VERSION], {
      title: "the download",
      env,
      log,
      limitMs: DOWNLOAD_LIMIT_MS,
    });
    if (missingFrom(bin).includes(LAUNCHER)) {
      await writeLauncher(bin);
    }
  });
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
 * Asks the download site for an answer.
 * @param {string} site
 * @returns {Promise<string | undefined>} The reason why nothing can be downloaded from the site; undefined if it answers.
 */
export async function problemWithSite(site) {
  try {
    const answer = await fetch(site, { method: "HEAD", signal: AbortSignal.timeout(REACHABILITY_LIMIT_MS) });
    return answer.ok ? undefined : `the download site answers ${answer.status}`;
  } catch {
    return `the download site cannot be reached (tried for ${REACHABILITY_LIMIT_MS / 1000} s)`;
  }
}
