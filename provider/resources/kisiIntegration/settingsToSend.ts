import { entryOf, type Values } from "../../core/schema/values";
import type { PlaceSettings } from "../../rhombus/api/schemas/doors";
import { asRead, inForm, serverSecrets } from "../shared/integrationSettings";
import type { KisiInputs } from "./fields";
import type { KisiSettings } from "./versions";

/** The parts of a write. */
interface KisiWrite {
  /** The settings as read. */
  readonly settings: KisiSettings;
  readonly desired: KisiInputs;
  readonly prior: Values;
  readonly apiSecretKey: string;
  readonly writeForm: 1 | 2;
}

/**
 * The row to write: the settings as read, overwritten by the desired ones.
 * @param write The parts of the write.
 */
export function settingsToSend({ settings, desired, prior, apiSecretKey, writeForm }: KisiWrite): KisiSettings {
  const { adopt: _adopt, apiVersion: _version, apiSecretKey: _key, placeToSettingsMap: places, ...others } = desired;
  const { doorInfoMap, doorToCameraMap, ...scalars } = others;
  return {
    ...asRead(settings),
    ...serverSecrets(["rhombusToken"], settings, prior),
    ...removedSettings(settings, scalars, writeForm),
    ...asRead(scalars),
    apiSecretKey,
    ...(places === undefined ? {} : { placeToSettingsMap: placesToSend(places, settings, prior, writeForm) }),
    ...(doorInfoMap === undefined ? {} : { doorInfoMap: inForm(doorInfoMap, settings.doorInfoMap, writeForm) }),
    ...(doorToCameraMap === undefined
      ? {}
      : { doorToCameraMap: inForm(doorToCameraMap, settings.doorToCameraMap, writeForm) }),
  };
}

/** The settings to remove: left out in form 1 of the write, an explicit null in form 2. */
function removedSettings(settings: KisiSettings, desired: object, writeForm: 1 | 2): Record<string, null | undefined> {
  const names = Object.entries(desired).flatMap(([name, value]) => {
    const live: unknown = Reflect.get(settings, name);
    return value === undefined && live !== undefined && live !== null ? [name] : [];
  });
  return Object.fromEntries(names.map((name) => [name, writeForm === 1 ? undefined : null]));
}

/** The desired places, each with its number, and with its token, which a read may hide. */
function placesToSend(
  desired: NonNullable<KisiInputs["placeToSettingsMap"]>,
  { placeToSettingsMap: live }: KisiSettings,
  prior: Values,
  writeForm: 1 | 2,
): Record<string, PlaceSettings | null> {
  const sent: Record<string, PlaceSettings | null> = inForm(desired, live, writeForm);
  const entries = Object.entries(sent).map(([key, place]): [string, PlaceSettings | null] => {
    if (place === null) return [key, null];
    const { rhombusToken, ...others } = place;
    const priorToken = { rhombusToken: entryOf(prior.placeTokens, key) };
    const token = serverSecrets(["rhombusToken"], { rhombusToken }, priorToken);
    return [key, { placeId: Number(key), ...(writeForm === 1 ? asRead(others) : others), ...token }];
  });
  return Object.fromEntries(entries);
}
