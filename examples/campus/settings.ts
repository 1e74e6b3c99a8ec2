import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

/** The RUUIDs of the headquarters. `mainEntrance` is a door of Rhombus Access Control. OnGuard identifies a door by `controller:device`. */
export const headquarters = config.requireObject<{
  locationUuid: string;
  lobbyCamera: string;
  serverRoomCamera: string;
  mainEntrance: string;
}>("headquarters");

/** The warehouse. `dockDoor` is Genea's id of the door. */
export const warehouse = config.requireObject<{ locationUuid: string; dockDoor: string; dockCamera: string }>(
  "warehouse",
);

/** The robot lab. `place` and `entranceDoor` are Kisi's numbers. */
export const lab = config.requireObject<{
  locationUuid: string;
  place: number;
  entranceDoor: number;
  entranceCamera: string;
}>("lab");

/** The members of the groups, as RUUIDs of users. */
export const staff = config.requireObject<{ engineers: string[]; receptionists: string[] }>("staff");

/** The client organization of the partner. */
export const clinic = config.requireObject<{ orgUuid: string; locationUuid: string; nurses: string[] }>("clinic");

/** The endpoint of the partner's key. Default: the United States. */
export const endpoint = new pulumi.Config("rhombus").get("endpoint");

/** The keys of Genea, Kisi and the partner. */
export const keys = {
  genea: config.requireSecret("geneaApiToken"),
  kisi: config.requireSecret("kisiApiSecretKey"),
  partner: config.requireSecret("partnerApiKey"),
};
