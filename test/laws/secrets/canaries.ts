import { randomBytes } from "node:crypto";
import { campus, campusSeed, type EmulatorTls, type OrganizationConsole, type Seed } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import { secretSettings } from "../../../provider/rhombus/settings/settingNames";
import { Authority } from "../../certificates";
import { resourceFacts } from "../../resources/facts";
import { secretNamesOf, textsIn } from "../contract/secretValues";

const { acme, bluebird, cedar, partner } = campusSeed;

/** The sources of settings. */
export const sources = ["rhombus", "Provider", "environment"] as const;

/** A source of settings: the stack config, an explicit provider, or the environment. */
export type Source = (typeof sources)[number];

/** The name of a setting in a source. */
export function settingIn(source: Source, setting: string): string {
  if (source === "environment") return `RHOMBUS_${setting.replace(/[A-Z]/g, "_$&").toUpperCase()}`;
  return source === "rhombus" ? `rhombus:${setting}` : `Provider.${setting}`;
}

/** Settings under their names in a source. */
export function settingsIn(source: Source, settings: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([setting, value]) => [settingIn(source, setting), value]));
}

/** The names of all secret inputs and outputs. */
export const resourceSecrets: readonly string[] = Object.entries(definitions).flatMap(([type, each]) =>
  secretNamesOf(each).map((name) => `${type}.${name}`),
);

/** The names of all secrets, from the definitions and the settings. */
export const canaryNames: readonly string[] = [
  ...resourceSecrets,
  ...secretSettings.flatMap((setting) => sources.map((source) => settingIn(source, setting))),
];

/** Variables of others with a secret in them, which the engine passes to the processes that it starts. */
export const environmentNames: readonly string[] = [
  "PULUMI_ACCESS_TOKEN",
  "PULUMI_CONFIG_PASSPHRASE",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "GITHUB_TOKEN",
];

/** A random secret with characters that URLs, JSON and web pages write differently. */
export function newCanary(): string {
  const random = randomBytes(18).toString("base64url");
  return `${random.slice(0, 12)}/"+\\=&<${random.slice(12)}`;
}

/** The keys of people in the campus seed. */
const keys = [
  ...[partner.apiKey, acme.rotatedApiKey, acme.readOnlyApiKey],
  ...[acme, bluebird, cedar].flatMap(({ apiKey, genea, kisi }) => [
    ...[apiKey, genea.apiToken, genea.rotatedApiToken, kisi.apiSecretKey, kisi.rotatedApiSecretKey],
  ]),
];

/** A campus seed whose keys are canaries. */
export interface CanarySeed {
  readonly seed: Seed;
  /** Further keys of Acme, by source. */
  readonly apiKeys: Readonly<Record<Source, string>>;
  /** Replaces the keys of the campus seed in a value by the canaries. */
  swap<T>(value: T): T;
}

/** Creates a campus seed with canaries of its own. */
export function canarySeed(): CanarySeed {
  const canaries = new Map(keys.map((key) => [JSON.stringify(key), JSON.stringify(newCanary())]));
  const swap = <T>(value: T): T => {
    let text = JSON.stringify(value);
    for (const [key, canary] of canaries) text = text.replaceAll(key, () => canary);
    return JSON.parse(text);
  };
  const seed = swap(campus());
  const apiKeys = { rhombus: newCanary(), Provider: newCanary(), environment: newCanary() };
  const further = Object.values(apiKeys).map((key) => ({ key, userUuid: acme.users.ada.uuid }));
  const organizations = seed.organizations.map((each) => {
    return each.uuid === acme.orgUuid ? { ...each, apiKeys: [...each.apiKeys, ...further] } : each;
  });
  return { seed: { ...seed, organizations }, apiKeys, swap };
}

/** The secrets that Rhombus has generated in an organization, with their names. */
export function generatedSecrets(console: OrganizationConsole): [name: string, value: string][] {
  return Object.entries(resourceFacts).flatMap(([type, facts]) =>
    facts.objects(console).flatMap(({ secrets }) => {
      const entries = Object.entries(secrets);
      return entries.flatMap(([name, value]) =>
        textsIn(value).map((text): [string, string] => [`${type}.${name}`, text]),
      );
    }),
  );
}

/** A client certificate and its private key for each source, and the certificates of an emulator that accepts them. */
export interface Certificates {
  readonly tls: EmulatorTls;
  /** The certificate of the emulator's authority. */
  readonly authority: string;
  readonly clients: Readonly<Record<Source, { readonly clientCertificate: string; readonly clientKey: string }>>;
}

/** Issues certificates. */
export function issueCertificates(): Certificates {
  const own = new Authority();
  const authorities: string[] = [];
  const issue = (source: Source) => {
    const authority = new Authority(`Authority of ${source}`);
    authorities.push(authority.certificate);
    const { certificate, key } = authority.issue({ name: source });
    return { clientCertificate: certificate, clientKey: key };
  };
  const clients = { rhombus: issue("rhombus"), Provider: issue("Provider"), environment: issue("environment") };
  return { tls: { ...own.issue(), clientAuthority: authorities.join("") }, authority: own.certificate, clients };
}
