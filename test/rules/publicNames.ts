import { resourceTypes } from "../../provider/resources/registry";

/** The names that users import, by entrance. A name that is removed from a list breaks programs. */
const frozenNames = {
  "pulumi-rhombus": `
    AccessControlGroup AccessControlGroupArgs BadgeFaceVerificationMode BadgeOptionsArgs BadgeVerificationArgs
    CameraPlace ClientOrganization DoorInfo DoorInfoArgs ErrorFacts ErrorKind GeneaDoor GeneaIntegration
    GeneaIntegrationArgs getAccessControlGroup GetAccessControlGroupArgs getAccessControlGroupOutput
    GetAccessControlGroupOutputArgs GetAccessControlGroupResult getAccessControlGroups GetAccessControlGroupsArgs
    getAccessControlGroupsOutput GetAccessControlGroupsOutputArgs GetAccessControlGroupsResult getCamera
    GetCameraArgs getCameraOutput GetCameraOutputArgs GetCameraResult getCameras GetCamerasArgs getCamerasOutput
    GetCamerasOutputArgs GetCamerasResult getClientOrganizations GetClientOrganizationsArgs
    getClientOrganizationsOutput GetClientOrganizationsOutputArgs GetClientOrganizationsResult getGeneaDoors
    GetGeneaDoorsArgs getGeneaDoorsOutput GetGeneaDoorsOutputArgs GetGeneaDoorsResult getKisiDoors
    GetKisiDoorsArgs getKisiDoorsOutput GetKisiDoorsOutputArgs GetKisiDoorsResult getKisiPlaces GetKisiPlacesArgs
    getKisiPlacesOutput GetKisiPlacesOutputArgs GetKisiPlacesResult getLocation GetLocationArgs getLocationOutput
    GetLocationOutputArgs GetLocationResult getLocations GetLocationsArgs getLocationsOutput
    GetLocationsOutputArgs GetLocationsResult getOnGuardIntegrations GetOnGuardIntegrationsArgs
    getOnGuardIntegrationsOutput GetOnGuardIntegrationsOutputArgs GetOnGuardIntegrationsResult getOrganization
    getOrganizationOutput GetOrganizationResult getSchedule GetScheduleArgs getScheduleOutput GetScheduleOutputArgs
    GetScheduleResult getSchedules GetSchedulesArgs getSchedulesOutput GetSchedulesOutputArgs GetSchedulesResult getUser GetUserArgs getUserOutput GetUserOutputArgs GetUserResult
    getUsers GetUsersArgs getUsersOutput GetUsersOutputArgs GetUsersResult KisiAccountPlace KisiDefaultOptions
    KisiDefaultOptionsArgs KisiDoor KisiIntegration KisiIntegrationArgs KisiPlace KisiPlaceArgs LookupError
    LookupFailure LookupMissing LookupOptions LookupOutputArgs LookupOutputOptions OnGuardDeployment
    OnGuardIntegration OnGuardIntegrationArgs Outcome Provider ProviderArgs RetryClass RhombusError ScheduleDay
    ScheduleInterval ScheduleIntervalArgs SettingsError SettingsProblem UserKinds
    DoorLabel getAccessControlledDoor GetAccessControlledDoorArgs getAccessControlledDoorOutput
    GetAccessControlledDoorOutputArgs GetAccessControlledDoorResult getAccessControlledDoors
    GetAccessControlledDoorsArgs getAccessControlledDoorsOutput GetAccessControlledDoorsOutputArgs
    GetAccessControlledDoorsResult getAccessGrant GetAccessGrantArgs getAccessGrantOutput GetAccessGrantOutputArgs
    GetAccessGrantResult getAccessGrants GetAccessGrantsArgs getAccessGrantsOutput GetAccessGrantsOutputArgs
    GetAccessGrantsResult getDoorLabels GetDoorLabelsArgs getDoorLabelsOutput GetDoorLabelsOutputArgs
    GetDoorLabelsResult LookupPlace`,
  "pulumi-rhombus/provider": `
    AccessControlGroup GeneaIntegration KisiIntegration OnGuardIntegration`,
  "pulumi-rhombus/emulator": `
    AbsoluteInterval AccessGrantMode BadgeEvent Behaviours ConsoleAccessControlledDoor ConsoleAccessGrant
    ConsoleAccessRevocation ConsoleGenea ConsoleGroup ConsoleKisi ConsoleKisiPlace ConsoleKisiV1
    ConsoleOnGuard ConsoleSchedule DoorInfo DoorLicence
    Emulator EmulatorOptions EmulatorTls FaceMode Fault FaultMoment FaultPlan FaultTarget GeneaAccount GeneaFlags GroupType
    KisiAccount KisiAccountPlace KisiDefaultOptions KisiPlaceFlags LoggedRequest OnGuardFlags OperationName
    OrganizationConsole PlannedFault RateLimit ScheduleUse ScheduleUseKind Seed SeedAccessControlledDoor SeedAccessGrant SeedAccessRevocation SeedApiKey SeedCamera SeedClient SeedGenea SeedGroup SeedKisi
    SeedKisiPlace SeedKisiV1 SeedLocation SeedName SeedOnGuard SeedOrganization SeedPartner SeedSchedule SeedUser
    WeeklyInterval behaviourSettings campus campusSeed defaultBehaviours isRuuid livedIn livedInSeed newRuuid
    ruuidFromUuid signBadgeEvent startEmulator uuidFromRuuid`,
};

/** The names of the classes of all resources, and those of their arguments. They need no entry in a list. */
const ofResources: Readonly<Record<string, readonly string[]>> = {
  "pulumi-rhombus": resourceTypes.flatMap((type) => [type, `${type}Args`]),
  "pulumi-rhombus/provider": resourceTypes,
};

/** The names that programs, Pulumi and tests of users may import, by entrance, separated by spaces. */
export const publicNames: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(frozenNames).map(([entrance, names]) => {
    return [entrance, [...new Set([...names.trim().split(/\s+/), ...(ofResources[entrance] ?? [])])].join(" ")];
  }),
);
