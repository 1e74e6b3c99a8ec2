import { RhombusError } from "../../../rhombus/errors/rhombusError";
import type { Asking } from "./asking";

/**
 * Asks what reading alone answers.
 * @param asking Who asks.
 */
export async function askByReading(asking: Asking): Promise<void> {
  const { api } = asking;
  await asking.ask("organizationReads", async () => ((await api.organization()) === undefined ? "refused" : "allowed"));
  await asking.ask("onGuardList", async () => {
    const isThere = await exists(() => api.call("listHoneywellOnGuardIntegrations", {}));
    return isThere ? "exists" : "missing";
  });
  await asking.ask("kisiVersions", async () => {
    // Whether both versions share a store shows only with a key of Kisi.
    return (await exists(() => api.call("getKisiIntegration", {}))) ? undefined : "v1-removed";
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

async function exists(read: () => Promise<unknown>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (error instanceof RhombusError && error.kind === "notFound") return false;
    // What says that nothing is configured says that the operation is there.
    if (error instanceof RhombusError && error.kind === "domain") return true;
    throw error;
  }
}
