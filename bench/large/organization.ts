import { createHash } from "node:crypto";
import { campus, campusSeed, type Seed } from "../../provider/emulator";
import type { Declared } from "../../test/drivers/engine";
import type { Properties } from "../../test/drivers/properties";

const { orgUuid } = campusSeed.acme;
const USERS = 500;
const CAMERAS = 200;
const LOCATIONS = 10;

/** The API key of the organization. */
export const { apiKey } = campusSeed.acme;

/** An organization with enough users, cameras and locations for large stacks. */
export function largeOrganization(): Seed {
  const seed = campus();
  const organizations = seed.organizations.map((organization) => {
    if (organization.uuid !== orgUuid) return organization;
    const [camera] = organization.cameras;
    const [location] = organization.locations;
    const [user] = organization.users;
    if (camera === undefined || location === undefined || user === undefined) return organization;
    return {
      ...organization,
      users: [
        ...organization.users,
        ...times(USERS, (n) => ({ ...user, uuid: ruuidOf("user", n), email: `${n}@acme.example` })),
      ],
      locations: [
        ...organization.locations,
        ...times(LOCATIONS, (n) => ({ ...location, uuid: ruuidOf("location", n), subLocations: [] })),
      ],
      cameras: [
        ...organization.cameras,
        ...times(CAMERAS, (n) => ({
          ...camera,
          uuid: ruuidOf("camera", n),
          locationUuid: ruuidOf("location", n % LOCATIONS),
        })),
      ],
    };
  });
  return { ...seed, organizations };
}

/** A group. */
export function group(number: number, members: number, changes: Properties = {}): Declared {
  const userUuids = times(members, (member) => ruuidOf("user", (number * 7 + member) % USERS));
  return {
    type: "AccessControlGroup",
    inputs: { name: `Group ${number}`, description: "Enters by day", userUuids, ...changes },
  };
}

/** An OnGuard deployment. */
export function deployment(number: number, doors: number, changes: Properties = {}): Declared {
  const entries = times(doors, (door) => {
    const cameras = [(number * 11 + door) % CAMERAS, (number * 11 + door + LOCATIONS) % CAMERAS];
    const info = {
      doorName: `Door ${door}`,
      assignedCameraList: cameras.map((camera) => ruuidOf("camera", camera)),
      leadingSeconds: 5,
      clipDuration: 30,
    };
    return [`${number + 1}:${door + 1}`, info] as const;
  });
  return {
    type: "OnGuardIntegration",
    inputs: { displayName: `Deployment ${number}`, doorInfoMap: Object.fromEntries(entries), ...changes },
  };
}

function times<T>(count: number, make: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, number) => make(number));
}

/** A reproducible RUUID. */
function ruuidOf(what: string, number: number): string {
  return createHash("md5").update(`${what} ${number}`).digest("base64url");
}
