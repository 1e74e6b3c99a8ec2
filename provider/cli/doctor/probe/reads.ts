import { RhombusError } from "../../../rhombus/errors/rhombusError";
import type { Asking } from "./asking";

/**
 * Observes behaviours that reads alone show.
 * @param asking Records the answers.
 */
export async function askByReading(asking: Asking): Promise<void> {
  const { api } = asking;
  await asking.ask("organizationReads", async () => ((await api.organization()) === undefined ? "refused" : "allowed"));
  await asking.ask("onGuardList", async () => {
    const exists = await isOperation(() => api.call("listHoneywellOnGuardIntegrations", {}));
    return exists ? "exists" : "missing";
  });
  await asking.ask("kisiVersions", async () => {
    // Only a write with a Kisi key would show whether both versions share a store.
    return (await isOperation(() => api.call("getKisiIntegration", {}))) ? undefined : "v1-removed";
  });
  await asking.ask("notConfigured", async () => {
    try {
      const { orgIntegrationV2: row } = await api.call("getGeneaIntegration", {});
      if (row === undefined) return "absent";
      return row === null ? "null" : "default-object";
    } catch (error) {
      if (error instanceof RhombusError && error.kind === "domain") return "error-text";
      throw error;
    }
  });
}

async function isOperation(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (error instanceof RhombusError && error.kind === "notFound") return false;
    // An operation that reports a missing configuration exists.
    if (error instanceof RhombusError && error.kind === "domain") return true;
    throw error;
  }
}
