import type { TypeName } from "../../test/drivers/stack";

/** Properties of a resource, as the provider process receives them. */
export type Properties = Readonly<Record<string, unknown>>;

export interface Subject {
  readonly map: string;
  readonly type: TypeName;
  readonly id: string;
  /** The outputs that are not inputs. */
  readonly outputs: Properties;
  inputs(doors: number, isRenamed: (door: number) => boolean): Properties;
}

const DOORS_PER_PLACE = 100;
const METADATA = { __mark: "7c2d1c6e-1c5e-4a52-9b0e-3d2f5f0a8c11", __format: 1 };

export const subjects: readonly Subject[] = [
  {
    map: "OnGuard `doorInfoMap`",
    type: "OnGuardIntegration",
    id: "5b0f1c2e-9f6a-5d3c-8a39-6d9c1f0e7b42",
    outputs: {
      rhombusToken: ruuidOf("token", 0),
      presharedSecret: "p".repeat(43),
      webhookUrl: "https://127.0.0.1",
      ...METADATA,
    },
    inputs: (doors, isRenamed) => ({
      displayName: "HQ",
      doorInfoMap: doorMap(doors, isRenamed, (door) => `${Math.floor(door / 64) + 1}:${(door % 64) + 1}`),
    }),
  },
  {
    map: "Genea `doorInfoMap`",
    type: "GeneaIntegration",
    id: "genea",
    outputs: { rhombusToken: ruuidOf("token", 1), webhookSignatureSecret: "w".repeat(43), ...METADATA },
    inputs: (doors, isRenamed) => ({
      enabled: true,
      doorInfoMap: doorMap(doors, isRenamed, (door) => `door-${door}`),
    }),
  },
  {
    map: `Kisi \`placeToSettingsMap\`, places of ${DOORS_PER_PLACE} doors`,
    type: "KisiIntegration",
    id: "kisi",
    outputs: { ...METADATA },
    inputs: (doors, isRenamed) => ({ placeToSettingsMap: places(doors, isRenamed) }),
  },
];

function places(doors: number, isRenamed: (door: number) => boolean): Properties {
  const numbers = Array.from({ length: Math.ceil(doors / DOORS_PER_PLACE) }, (_, place) => place);
  const settings = numbers.map((place) => {
    const first = place * DOORS_PER_PLACE;
    const count = Math.min(DOORS_PER_PLACE, doors - first);
    const doorInfoMap = doorMap(
      count,
      (door) => isRenamed(first + door),
      (door) => `${first + door}`,
    );
    return [`${1_000 + place}`, { placeName: `Place ${place}`, saveClips: true, doorInfoMap }];
  });
  return Object.fromEntries(settings);
}

function doorMap(doors: number, isRenamed: (door: number) => boolean, keyOf: (door: number) => string): Properties {
  const entries = Array.from({ length: doors }, (_, door) => [
    keyOf(door),
    {
      doorName: `Door ${door}${isRenamed(door) ? ", renamed" : ""}`,
      assignedCameraList: [ruuidOf("camera", 2 * door), ruuidOf("camera", 2 * door + 1)],
      locationUuid: ruuidOf("location", door % 20),
      leadingSeconds: 5,
      clipDuration: 30,
      remoteUnlock: true,
    },
  ]);
  return Object.fromEntries(entries);
}

/** An id with the form of a RUUID. */
function ruuidOf(what: string, number: number): string {
  return `${what}${number}`.padEnd(21, "_").concat("A");
}
