import type { EmulatorTls } from "../../../provider/emulator";
import { Authority } from "../../certificates";
import { variableOf } from "./canaries";

/** A client certificate and its private key, in the settings that hold them. */
export interface Identity {
  /** The certificate, as PEM. */
  readonly clientCertificate: string;
  /** The private key, as PEM. */
  readonly clientKey: string;
}

/** The places that a client certificate may come from. */
export const places = ["rhombus", "Provider", "environment"] as const;

/** A place that a client certificate may come from. */
export type Place = (typeof places)[number];

/** Makes a client certificate with a key of its own for each place, and how an emulator demands and accepts them all. */
export function makeIdentities(): {
  readonly tls: EmulatorTls;
  readonly authority: string;
  readonly identities: Readonly<Record<Place, Identity>>;
} {
  const own = new Authority();
  const issued = places.map((place) => {
    const authority = new Authority(`Authority of ${place}`);
    const { certificate, key } = authority.issue({ name: place });
    return { authority, entry: [place, { clientCertificate: certificate, clientKey: key }] as const };
  });
  const clientAuthority = issued.map(({ authority }) => authority.certificate).join("");
  const [rhombus, provider, environment] = issued.map(({ entry: [, identity] }) => identity);
  if (!rhombus || !provider || !environment) throw new Error("A place has no certificate.");
  const identities = { rhombus, Provider: provider, environment };
  return { tls: { ...own.issue(), clientAuthority }, authority: own.certificate, identities };
}

/** What the secret of a setting is called in a place. */
export function nameOf(place: Place, setting: string): string {
  if (place === "environment") return variableOf(setting);
  return place === "rhombus" ? `rhombus:${setting}` : `Provider.${setting}`;
}

/** Settings under the names that they have in a place. */
export function renamed(
  settings: Readonly<Record<string, string>>,
  name: (setting: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(settings).map(([setting, value]) => [name(setting), value]));
}
