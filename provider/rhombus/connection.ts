import { RhombusApi } from "./api/api";
import { type ClientOutlets, RhombusClient } from "./api/client";
import { environmentSecrets } from "./redaction/environmentSecrets";
import type { Redactor } from "./redaction/redactor";
import type { SettingsInputs } from "./settings/chosenSource";
import { secretLines } from "./settings/clientCertificate";
import { resolveSettings, type Settings } from "./settings/settings";
import { SettingsError } from "./settings/settingsError";

/**
 * The settings of a process, and what its redactor has to know of them.
 * @param places Where they are looked up.
 * @param redactor What takes secrets out of texts.
 * @throws SettingsError when some are missing or wrong; it holds no secret.
 */
export function settingsFrom(places: SettingsInputs, redactor: Redactor): Settings {
  const { config, env } = places;
  // Before they are read: a key may stand where another setting should, and a wrong one is shown.
  redactor.add(config("rhombus:apiKey"), env.RHOMBUS_API_KEY, ...environmentSecrets(env));
  const keys = [config("rhombus:clientKey"), env.RHOMBUS_CLIENT_KEY];
  redactor.add(...keys.flatMap((key = "") => secretLines(key)));
  try {
    return resolveSettings(places);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new SettingsError(error.problems.map((each) => ({ ...each, reason: redactor.redact(each.reason) })));
  }
}

/**
 * Connects to Rhombus: one client paces all calls. Nothing is contacted before the first one.
 * @param settings The settings.
 * @param redactor What takes secrets out of texts.
 * @param outlets Where to say what a person should read.
 */
export function connectionTo(settings: Settings, redactor: Redactor, outlets: ClientOutlets): RhombusApi {
  for (const warning of settings.warnings) outlets.warn(warning);
  return new RhombusApi(new RhombusClient(settings, outlets, redactor), settings.orgUuid);
}
