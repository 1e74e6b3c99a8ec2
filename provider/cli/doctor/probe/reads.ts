import { RhombusError } from "../../../rhombus/errors/rhombusError";
import type { Recorder } from "./recorder";

/**
 * Observes behaviours that reads alone show.
 * @param recorder Records the observations.
 */
export async function observeReads(recorder: Recorder): Promise<void> {
  const { api } = recorder;
  await recorder.record("organizationReads", async () => {
    return (await api.organization()) === undefined ? "refused" : "allowed";
  });
  await recorder.record("emptyLists", async () => {
    const { groups } = await api.call("findAccessControlGroupsByOrg", {});
    if (groups === undefined || groups === null) return groups === null ? "null" : "absent";
    return groups.length === 0 ? "array" : undefined;
  });
  await recorder.record("onGuardList", async () => {
    return (await isOperation(api.call("listHoneywellOnGuardIntegrations", {}))) ? "exists" : "missing";
  });
  // Only a write with a Kisi key would show whether both versions share a store.
  await recorder.record("kisiVersions", async () => {
    return (await isOperation(api.call("getKisiIntegration", {}))) ? undefined : "v1-removed";
  });
  await recorder.record("notConfigured", async () => {
    try {
      const { orgIntegrationV2: settings } = await api.call("getGeneaIntegration", {});
      return settings === undefined ? "absent" : settings === null ? "null" : "default-object";
    } catch (error) {
      if (error instanceof RhombusError && error.kind === "domain") return "error-text";
      throw error;
    }
  });
}

/** An operation that reports a missing configuration exists. */
async function isOperation(read: Promise<unknown>): Promise<boolean> {
  try {
    await read;
    return true;
  } catch (error) {
    if (!(error instanceof RhombusError) || !["notFound", "domain"].includes(error.kind)) throw error;
    return error.kind === "domain";
  }
}
