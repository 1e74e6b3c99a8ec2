import type { SeedOrganization } from "../domains/domains";

/** The ids and names that Rhombus Access Control has at Acme Robotics in the seed `campus`. */
export const acmeAccess = {
  /** Doors, two of which have the same name. The licences of `serverRoom` and `warehouseGate` are expired and unassigned. */
  doors: {
    mainEntrance: { uuid: "sB3VncpvRgeKFD_9b0AEfQ", name: "Main entrance" },
    northGate: { uuid: "Ugq-vROtRpaLU0XZmUaW5w", name: "North gate" },
    southGate: { uuid: "dbTZYpaZSHS0SbXYoCvEyw", name: "South gate" },
    serverRoom: { uuid: "gvI_pdJITTSGQ5deGXNjtA", name: "Server room" },
    warehouseEntrance: { uuid: "I6S0lL_KRwKuVSj5ojoSbA", name: "Main entrance" },
    warehouseGate: { uuid: "F9vkkYSCS5KwahnvOy_6Wg", name: "Truck gate" },
  },
  /** Elevator landings at the headquarters. */
  elevatorLandings: { lobby: "HMOnFrr3RZWJsF7RCjmtWA", secondFloor: "73X46IHsTtqxk3yKwLDzfw" },
  /** Labels of doors. `perimeter` is on the gates of both locations. */
  doorLabels: { perimeter: "Perimeter", visitors: "Visitors" },
  /** Schedules of Rhombus, which cannot be changed, and an absolute one. */
  schedules: {
    businessHours: { uuid: "gIp2O6cWQ8SLlrdlLMK9Ig", name: "Business hours" },
    afterHours: { uuid: "Mnx2X-01Te6e2bL8eNSFRg", name: "After hours" },
    closure: { uuid: "XYhnTf1uTZ2PwKy-Z0KcVw", name: "Year-end closure" },
  },
  /** An alert policy of cameras, which uses `afterHours`. */
  policy: { uuid: "UFR6vdqvR6mv9KMNWMc5sw", name: "Motion after hours" },
  /** The grant of a guest pass. */
  guestPassGrant: { uuid: "RBK6hWfARLO3Lt65t2mGTA", name: "Visit of the auditors" },
  /** A revocation, during `closure`, for the inactive user at the doors labelled `perimeter`. */
  revocation: { uuid: "pIRiCoSZQ0KeTZwCbTtuEA", name: "Suspended badges" },
} as const;

const { doors, elevatorLandings, doorLabels, schedules, policy, guestPassGrant, revocation } = acmeAccess;

/** The objects of Rhombus Access Control at Acme Robotics, which has these locations, cameras and users. */
export function acmeAccessObjects({ locations, cameras, users }: Acme) {
  const [headquarters, warehouse] = [locations.headquarters.uuid, locations.warehouse.uuid];
  return {
    accessControlledDoors: [
      {
        ...doors.mainEntrance,
        locationUuid: headquarters,
        cameraUuids: [cameras.mainEntrance.uuid],
        labels: [doorLabels.visitors],
      },
      { ...doors.northGate, locationUuid: headquarters, labels: [doorLabels.perimeter] },
      { ...doors.southGate, locationUuid: headquarters, labels: [doorLabels.perimeter] },
      {
        ...doors.serverRoom,
        locationUuid: headquarters,
        floorNumber: 2,
        subType: "APERIO",
        cameraUuids: [cameras.serverRoom.uuid],
        licence: "expired",
      },
      { ...doors.warehouseEntrance, locationUuid: warehouse },
      { ...doors.warehouseGate, locationUuid: warehouse, labels: [doorLabels.perimeter], licence: "unassigned" },
    ],
    elevatorLandingUuids: Object.values(elevatorLandings),
    schedules: [
      { ...schedules.businessHours, mutable: false, intervalList: onWeekdays(9 * 60, 17 * 60) },
      { ...schedules.afterHours, mutable: false, intervalList: onWeekdays(17 * 60, (24 + 9) * 60) },
      {
        ...schedules.closure,
        absoluteIntervals: [{ b: Date.UTC(2026, 11, 24, 8) / 1000, e: Date.UTC(2027, 0, 2, 8) / 1000 }],
      },
    ],
    scheduleUses: [{ ...policy, kind: "cameraPolicy", scheduleUuid: schedules.afterHours.uuid }],
    accessGrants: [
      {
        ...guestPassGrant,
        locationUuid: headquarters,
        mode: "GUEST_PASS_INDIVIDUAL",
        scheduleUuid: schedules.businessHours.uuid,
        accessControlledDoorUuids: [doors.mainEntrance.uuid],
        locationGuestPassUuids: ["Vjmi9OovRXGd_8_Myo99FQ"],
      },
    ],
    accessRevocations: [
      {
        ...revocation,
        locationUuid: headquarters,
        scheduleUuid: schedules.closure.uuid,
        doorLabelIds: [doorLabels.perimeter],
        userUuids: [users.inactive.uuid],
      },
    ],
  } satisfies Partial<SeedOrganization>;
}

type Ids<Name extends string> = Readonly<Record<Name, { readonly uuid: string }>>;

interface Acme {
  readonly locations: Ids<"headquarters" | "warehouse">;
  readonly cameras: Ids<"mainEntrance" | "serverRoom">;
  readonly users: Ids<"inactive">;
}

/** An interval for each day from Monday to Friday, in minutes of the day. */
function onWeekdays(start: number, stop: number): { minuteOfWeekStart: number; minuteOfWeekStop: number }[] {
  return [0, 1, 2, 3, 4].map((day) => {
    const midnight = day * 24 * 60;
    return { minuteOfWeekStart: midnight + start, minuteOfWeekStop: midnight + stop };
  });
}
