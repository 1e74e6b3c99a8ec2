import type { Organization } from "../data/store";

/** Names of objects of an organization by their uuid, for its page. An object that it does not have has its uuid as name. */
export interface Names {
  /** The name of a camera. */
  camera(uuid: string): string;
  /** The name of a location. */
  location(uuid: string): string;
  /** The name of a user. */
  user(uuid: string): string;
}

/** The names of the cameras, locations and users of an organization. */
export function namesOf({ seed }: Organization): Names {
  const cameras = new Map(seed.cameras.map(({ uuid, name }) => [uuid, name]));
  const locations = new Map(seed.locations.map(({ uuid, name }) => [uuid, name]));
  const users = new Map(seed.users.map(({ uuid, firstName, lastName }) => [uuid, `${firstName} ${lastName}`]));
  return {
    camera: (uuid) => cameras.get(uuid) ?? uuid,
    location: (uuid) => locations.get(uuid) ?? uuid,
    user: (uuid) => users.get(uuid) ?? uuid,
  };
}
