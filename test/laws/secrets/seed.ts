import { campus, campusSeed, type OrganizationConsole, type Seed } from "../../../provider/emulator";
import { resourceFacts } from "../../resources/facts";
import { textsIn } from "../contract/secretValues";
import { newCanary } from "./canaries";

const { acme, bluebird, cedar, partner } = campusSeed;

/** The keys that people have been given in the campus seed. */
const keys = [
  partner.apiKey,
  ...[acme, bluebird, cedar].flatMap(({ apiKey, genea, kisi }) => [
    apiKey,
    genea.apiToken,
    genea.rotatedApiToken,
    kisi.apiSecretKey,
    kisi.rotatedApiSecretKey,
  ]),
  acme.rotatedApiKey,
];

/** A campus whose keys are canaries. */
export interface CanarySeed {
  /** What an emulator starts with. */
  readonly seed: Seed;
  /** Further keys of Acme. */
  readonly apiKeys: readonly [string, string, string];
  /** A plain value with the canary in place of each key of the campus seed. */
  swap<T>(value: T): T;
}

/** Makes a campus with keys of its own. */
export function canarySeed(): CanarySeed {
  const canaries = new Map(keys.map((key) => [JSON.stringify(key), JSON.stringify(newCanary())]));
  const swap = <T>(value: T): T => {
    let text = JSON.stringify(value);
    for (const [key, canary] of canaries) text = text.replaceAll(key, () => canary);
    return JSON.parse(text);
  };
  const seed = swap(campus());
  const apiKeys = [newCanary(), newCanary(), newCanary()] as const;
  const organizations = seed.organizations.map((each) => {
    return each.uuid === acme.orgUuid ? { ...each, apiKeys: [...each.apiKeys, ...apiKeys.map(ofAda)] } : each;
  });
  return { seed: { ...seed, organizations }, apiKeys, swap };
}

const ofAda = (key: string) => ({ key, userUuid: acme.users.ada.uuid });

/** The secrets that Rhombus itself has made in an organization, by resource and output. */
export function madeAt(console: OrganizationConsole): [type: string, name: string, value: string][] {
  return Object.entries(resourceFacts).flatMap(([type, facts]) =>
    facts
      .objects(console)
      .flatMap(({ secrets }) =>
        Object.entries(secrets).flatMap(([name, value]) =>
          textsIn(value).map((text): [string, string, string] => [type, name, text]),
        ),
      ),
  );
}
