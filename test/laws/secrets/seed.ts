import { campus, campusSeed, type OrganizationConsole, type Seed } from "../../../provider/emulator";
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

/** The secrets that Rhombus itself has made in an organization, by resource and by what it calls them. */
export function madeAt(console: OrganizationConsole): [type: string, name: string, value: string][] {
  const rows = { OnGuardIntegration: console.onGuard(), GeneaIntegration: console.genea() };
  const kisi = { KisiIntegration: [console.kisi(), console.kisiV1()] };
  return Object.entries({ ...rows, ...kisi }).flatMap(([type, row]) =>
    secretsIn(row).map(([name, value]): [string, string, string] => [type, name, value]),
  );
}

const made = ["rhombusToken", "presharedSecret", "webhookUrl", "refreshToken", "webhookSignatureSecret"];

function secretsIn(row: unknown): [name: string, value: string][] {
  if (typeof row !== "object" || row === null) return [];
  return Object.entries(row).flatMap(([name, value]): [string, string][] =>
    made.includes(name) && typeof value === "string" ? [[name, value]] : secretsIn(value),
  );
}
