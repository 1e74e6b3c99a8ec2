import { campusSeed } from "../../provider/emulator";
import type { Declared, Properties } from "../drivers/stack";

const { acme } = campusSeed;

/** Declares a group. */
export function group(inputs: Properties = {}): Declared {
  return { type: "AccessControlGroup", inputs: { name: "Staff", ...inputs } };
}

/** Declares a schedule. */
export function schedule(intervals: readonly Properties[], inputs: Properties = {}): Declared {
  return { type: "Schedule", inputs: { name: "Nights", intervals, ...inputs } };
}

/** Declares an access grant at the headquarters. */
export function grant(inputs: Properties = {}): Declared {
  const { access, locations, users } = acme;
  return {
    type: "AccessGrant",
    inputs: {
      name: "Gates",
      locationUuid: locations.headquarters.uuid,
      scheduleUuid: access.schedules.businessHours.uuid,
      accessControlledDoorUuids: [access.doors.northGate.uuid],
      userUuids: [users.ada.uuid],
      ...inputs,
    },
  };
}

/** Declares an OnGuard deployment. */
export function onGuard(inputs: Properties = {}): Declared {
  return { type: "OnGuardIntegration", inputs: { displayName: "HQ", ...inputs } };
}

/** Declares the Genea integration, with a key that Genea knows. */
export function genea(inputs: Properties = {}): Declared {
  return { type: "GeneaIntegration", inputs: { apiToken: acme.genea.apiToken, ...inputs } };
}

/** Declares the Kisi integration, with a key that Kisi knows. */
export function kisi(inputs: Properties = {}): Declared {
  return { type: "KisiIntegration", inputs: { apiSecretKey: acme.kisi.apiSecretKey, ...inputs } };
}

/** The declaration with `adopt: true`. */
export function adopting({ type, inputs }: Declared): Declared {
  return { type, inputs: { ...inputs, adopt: true } };
}

/** A door with a name and a camera. */
export const lobby = { doorName: "Lobby", assignedCameraList: [acme.cameras.lobby.uuid] } as const;

/** Another door. */
export const dock = { doorName: "Dock", assignedCameraList: [acme.cameras.dockNorth.uuid] } as const;
