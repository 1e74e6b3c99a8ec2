import type { TypeName } from "../../test/resources/stack";

/** Properties of a resource, as Pulumi's process gets them. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource with a map of doors. */
export interface Subject {
  /** What the map is called in the table. */
  readonly map: string;
  /** The resource's type. */
  readonly type: TypeName;
  /** Its id. */
  readonly id: string;
  /** What its state holds besides the inputs. */
  readonly outputs: Properties;
  /**
   * Its inputs.
   * @param doors How many doors it has.
   * @param isRenamed Which of them have another name than at first, by their number.
   */
  inputs(doors: number, isRenamed: (door: number) => boolean): Properties;
}

const DOORS_PER_PLACE = 100;
const MARK = { __mark: "7c2d1c6e-1c5e-4a52-9b0e-3d2f5f0a8c11", __format: 1 };

/** The maps that are measured. */
export const subjects: readonly Subject[] = [
  {
    map: "OnGuard `doorInfoMap`",
    type: "OnGuardIntegration",
    id: "5b0f1c2e-9f6a-5d3c-8a39-6d9c1f0e7b42",
    outputs: {
      rhombusToken: ruuidOf("token", 0),
      presharedSecret: "p".repeat(43),
      webhookUrl: "https://127.0.0.1",
      ...MARK,
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
    outputs: { rhombusToken: ruuidOf("token", 1), webhookSignatureSecret: "w".repeat(43), ...MARK },
    inputs: (doors, isRenamed) => ({
      enabled: true,
      doorInfoMap: doorMap(doors, isRenamed, (door) => `door-${door}`),
    }),
  },
  {
    map: `Kisi \`placeToSettingsMap\`, places of ${DOORS_PER_PLACE} doors`,
    type: "KisiIntegration",
    id: "kisi",
    outputs: { ...MARK },
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

/** An id of 22 characters, as Rhombus has them. */
function ruuidOf(what: string, number: number): string {
  return `${what}${number}`.padEnd(21, "_").concat("A");
}
