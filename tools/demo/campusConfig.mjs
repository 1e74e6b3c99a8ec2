/**
 * The stack config of examples/campus for the emulator's data.
 * @param {typeof import("../../provider/emulator/index.js").campusSeed} seed
 * @param {string} endpoint
 * @returns {{ plain: Record<string, unknown>, secret: Record<string, string> }}
 */
export function campusConfig({ acme, bluebird, partner }, endpoint) {
  const { cameras, locations, users, genea, kisi } = acme;
  const place = kisi.places.robotLab;
  return {
    plain: {
      "rhombus:endpoint": endpoint,
      "rhombus-campus:headquarters": {
        locationUuid: locations.headquarters.uuid,
        lobbyCamera: cameras.lobby.uuid,
        serverRoomCamera: cameras.serverRoom.uuid,
        mainEntrance: acme.access.doors.mainEntrance.uuid,
      },
      "rhombus-campus:warehouse": {
        locationUuid: locations.warehouse.uuid,
        dockDoor: genea.doors.dock.id,
        dockCamera: cameras.dockNorth.uuid,
      },
      "rhombus-campus:lab": {
        locationUuid: locations.robotLab.uuid,
        place: place.id,
        entranceDoor: place.doors.entrance.id,
        entranceCamera: cameras.labEntrance.uuid,
      },
      "rhombus-campus:staff": {
        engineers: [users.ada.uuid, users.ben.uuid, users.chloe.uuid],
        receptionists: [users.dmitri.uuid, users.elena.uuid],
      },
      "rhombus-campus:clinic": {
        orgUuid: bluebird.orgUuid,
        locationUuid: bluebird.locations.downtown.uuid,
        nurses: [bluebird.users.maya.uuid, bluebird.users.noah.uuid],
      },
    },
    secret: {
      "rhombus:apiKey": acme.apiKey,
      geneaApiToken: genea.apiToken,
      kisiApiSecretKey: kisi.apiSecretKey,
      partnerApiKey: partner.apiKey,
    },
  };
}
