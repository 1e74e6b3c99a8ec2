import { isDeepStrictEqual } from "node:util";
import type { OrganizationConsole } from "../../../provider/emulator";
import { definitions } from "../../../provider/resources/registry";
import type { Properties, Stored, TypeName } from "../../drivers/stack";
import { isProperties } from "../../drivers/wire";
import type { Finding } from "./score";

/** What the vendor generates: it differs from run to run. */
const generated = new Set([
  "rhombusToken",
  "presharedSecret",
  "webhookUrl",
  "webhookUuid",
  "refreshToken",
  "webhookSignatureSecret",
  "webhookId",
  "uuid",
]);

const NEIGHBOUR = "Neighbour";

/** Makes the neighbours: what others added to the organization, and what nothing here may touch. */
export function plantNeighbours(console: OrganizationConsole): void {
  const doorInfoMap = { "9:9": { doorName: "Theirs" } };
  console.addOnGuard({ displayName: NEIGHBOUR, doorInfoMap, flags: { saveClips: true, createSeekPoints: true } });
  console.addGroup({ name: NEIGHBOUR, description: "Theirs" });
}

/** The neighbours with all that is theirs. */
export function neighboursIn(console: OrganizationConsole): unknown {
  const { onGuard, groups } = everything(console);
  return { onGuard: onGuard.filter(isNeighbour), groups: groups.filter(isNeighbour) };
}

/** All that the organization has, without what differs from run to run. */
export function contentOf(console: OrganizationConsole): unknown {
  return withoutGenerated(everything(console));
}

function everything(console: OrganizationConsole) {
  return {
    onGuard: sorted(console.onGuard().map((each) => ({ ...each, name: each.displayName ?? "" }))),
    groups: sorted(console.groups().map((each) => ({ ...each, userUuids: [...each.userUuids].sort() }))),
    genea: console.genea(),
    kisi: console.kisi(),
    isOnGuardEnabled: console.isOnGuardEnabled(),
  };
}

function isNeighbour({ name }: { readonly name: string }): boolean {
  return name === NEIGHBOUR;
}

function sorted<Named extends { readonly name: string }>(list: readonly Named[]): Named[] {
  return [...list].sort((one, other) => one.name.localeCompare(other.name));
}

function withoutGenerated(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutGenerated);
  if (!isProperties(value)) return value;
  const entries = Object.entries(value).filter(([name, each]) => !generated.has(name) && each !== undefined);
  return Object.fromEntries(entries.map(([name, each]) => [name, withoutGenerated(each)]));
}

interface RemoteObject {
  readonly type: TypeName;
  readonly name: string;
  readonly is: (stored: Stored) => boolean;
}

/** The objects that are not the neighbours'. */
function objectsIn(console: OrganizationConsole): RemoteObject[] {
  const { onGuard, groups, genea, kisi } = everything(console);
  const only = (type: TypeName): RemoteObject => ({ type, name: type, is: (stored) => stored.type === type });
  const deployments = onGuard.filter((each) => !isNeighbour(each));
  return [
    ...deployments.map(({ name, rhombusToken: token }): RemoteObject => {
      return { type: "OnGuardIntegration", name, is: ({ outputs }) => outputs.rhombusToken === token };
    }),
    ...groups
      .filter((each) => !isNeighbour(each))
      .map(({ name, uuid }): RemoteObject => {
        return { type: "AccessControlGroup", name, is: ({ id }) => id === uuid };
      }),
    ...(genea ? [only("GeneaIntegration")] : []),
    ...(kisi ? [only("KisiIntegration")] : []),
  ];
}

/** Objects that no state has: duplicates of one that a state has, or orphans; and resources that have no object. */
export function straysIn(console: OrganizationConsole, resources: readonly Stored[]): Finding[] {
  const objects = objectsIn(console);
  const owned = objects.filter(({ is }) => resources.some(is));
  const strays = objects.filter(({ is }) => !resources.some(is));
  const lost = resources.filter((stored) => !objects.some(({ is }) => is(stored)));
  return [
    ...strays.map(({ type, name }): Finding => {
      const isTwice = owned.some((each) => each.type === type && each.name.toLowerCase() === name.toLowerCase());
      return { kind: isTwice ? "duplicate" : "orphan", what: `${type} "${name}"` };
    }),
    ...lost.map(
      ({ type, id }): Finding => ({ kind: "wrong", what: `${type} ${id} is in the state, and nowhere else` }),
    ),
  ];
}

/** Secrets that the state should have, as `expected` has them, and lacks, or has in clear, or otherwise than Rhombus. */
export function lostSecrets(
  console: OrganizationConsole,
  stored: Stored,
  expected: Stored,
  hidden: readonly string[] = [],
): Finding[] {
  const remote = remoteSecrets(console, stored);
  const names = secretNames(expected).filter((name) => !hidden.includes(name));
  return names.flatMap((name): Finding[] => {
    const value = stored.outputs[name];
    const lost = (how: string): Finding[] => [{ kind: "lost secret", what: `${stored.type}.${name} ${how}` }];
    if (value === undefined) return lost("is not in the state");
    if (!stored.secrets.has(name)) return lost("is in clear");
    return isDeepStrictEqual(value, remote[name]) ? [] : lost("is not what Rhombus has");
  });
}

/** The secrets of which the state cannot have what Rhombus has. */
export function hiddenSecrets(console: OrganizationConsole, stored: Stored): string[] {
  const remote = remoteSecrets(console, stored);
  return secretNames(stored).filter((name) => !isDeepStrictEqual(stored.outputs[name], remote[name]));
}

function secretNames({ type, outputs }: Stored): string[] {
  const { fields, outputs: kinds } = definitions[type];
  const inputs = Object.entries(fields).filter(([, { modifiers }]) => modifiers.secret);
  const secrets = Object.entries(kinds).filter(([, { modifiers }]) => modifiers.secret);
  return [...inputs, ...secrets].map(([name]) => name).filter((name) => outputs[name] !== undefined);
}

function remoteSecrets(console: OrganizationConsole, { type, outputs }: Stored): Properties {
  const { onGuard, genea, kisi } = everything(console);
  switch (type) {
    case "AccessControlGroup":
      return {};
    case "GeneaIntegration":
      return { ...genea };
    case "OnGuardIntegration":
      return { ...onGuard.find(({ rhombusToken }) => rhombusToken === outputs.rhombusToken) };
    case "KisiIntegration": {
      const places = Object.entries(kisi?.placeToSettingsMap ?? {});
      const placeTokens = Object.fromEntries(places.map(([key, { rhombusToken }]) => [key, rhombusToken]));
      return { apiSecretKey: kisi?.apiSecretKey, rhombusToken: kisi?.v1?.rhombusToken, placeTokens };
    }
  }
}

/** Whether the object of a resource has all that a program declares of it. */
export function isLive(console: OrganizationConsole, stored: Stored, declared: Properties): boolean {
  const { adopt: _adopt, ...properties } = declared;
  return holds(liveOf(console, stored), properties);
}

function liveOf(console: OrganizationConsole, stored: Stored): unknown {
  const { onGuard, groups, genea, kisi } = everything(console);
  switch (stored.type) {
    case "AccessControlGroup":
      return groups.find(({ uuid }) => uuid === stored.id);
    case "GeneaIntegration":
      return genea === undefined ? undefined : { ...genea, ...genea.flags };
    case "OnGuardIntegration": {
      const live = onGuard.find(({ rhombusToken }) => rhombusToken === stored.outputs.rhombusToken);
      return live === undefined ? undefined : { ...live, ...live.flags };
    }
    case "KisiIntegration": {
      const places = Object.entries(kisi?.placeToSettingsMap ?? {});
      return {
        ...kisi,
        placeToSettingsMap: Object.fromEntries(places.map(([key, place]) => [key, { ...place, ...place.flags }])),
      };
    }
  }
}

/** Whether what is live has what is declared; of maps and objects, what is declared of them. */
function holds(live: unknown, declared: unknown): boolean {
  if (Array.isArray(declared)) return Array.isArray(live) && isDeepStrictEqual([...live].sort(), [...declared].sort());
  if (!isProperties(declared)) return live === declared;
  return isProperties(live) && Object.entries(declared).every(([name, each]) => holds(live[name], each));
}
