import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();

/** A door of the headquarters is known to OnGuard by `controller:device`. */
export const headquarters = config.requireObject<{
  locationUuid: string;
  lobbyCamera: string;
  serverRoomCamera: string;
}>("headquarters");

/** Genea knows a door by an id of its own. */
export const warehouse = config.requireObject<{ locationUuid: string; dockDoor: string; dockCamera: string }>(
  "warehouse",
);

/** Kisi knows places and doors by number. */
export const lab = config.requireObject<{
  locationUuid: string;
  place: number;
  entranceDoor: number;
  entranceCamera: string;
}>("lab");

/** The users who are in the groups. */
export const staff = config.requireObject<{ engineers: string[]; receptionists: string[] }>("staff");

/** The organization that the partner looks after. */
export const clinic = config.requireObject<{ orgUuid: string; locationUuid: string; nurses: string[] }>("clinic");

/** Where the partner's key works; the United States when it is not set. */
export const endpoint = new pulumi.Config("rhombus").get("endpoint");

/** The keys of the other vendors, and the partner's. */
export const keys = {
  genea: config.requireSecret("geneaApiToken"),
  kisi: config.requireSecret("kisiApiSecretKey"),
  partner: config.requireSecret("partnerApiKey"),
};
