import { RhombusApi } from "./api/api";
import { type ClientOutput, RhombusClient } from "./api/client";
import { endSentence } from "./errors/rhombusError";
import { environmentSecrets, secretLines } from "./redaction/environmentSecrets";
import type { Redactor } from "./redaction/redactor";
import type { SettingsInputs } from "./settings/chosenSource";
import { resolveSettings, type Settings } from "./settings/settings";
import { SettingsError } from "./settings/settingsError";

/**
 * The settings of a process. The redactor learns their secrets.
 * @param places The places of the settings.
 * @param redactor The redactor of the process.
 * @throws SettingsError without secrets if settings are missing or wrong.
 */
export function settingsFrom(places: SettingsInputs, redactor: Redactor): Settings {
  const { config, env } = places;
  // Learned first: a message shows a wrong value, which may be a key that was set in the wrong place.
  redactor.add(config("rhombus:apiKey"), env.RHOMBUS_API_KEY, ...environmentSecrets(env));
  const keys = [config("rhombus:clientKey"), env.RHOMBUS_CLIENT_KEY];
  redactor.add(...keys.flatMap((key = "") => secretLines(key)));
  try {
    return resolveSettings(places);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const note = places.note?.();
    const problems = error.problems.map(({ setting, reason }, index) => {
      const isLast = index === error.problems.length - 1;
      return { setting, reason: redactor.redact(isLast && note ? `${endSentence(reason)} ${note}` : reason) };
    });
    throw new SettingsError(...problems);
  }
}

/**
 * Creates the API of a process, with one client for all calls. Nothing is contacted before the first call.
 * @param settings The settings. Their warnings go to `output`.
 * @param redactor The redactor of the process.
 * @param output The output for people.
 */
export function connectionTo(settings: Settings, redactor: Redactor, output: ClientOutput): RhombusApi {
  for (const warning of settings.warnings) output.warn(warning);
  return new RhombusApi(new RhombusClient(settings, output, redactor), settings.orgUuid);
}
