/** What programs, Pulumi and tests of users may import, by entrance. A name that leaves a list breaks somebody. */
export const publicNames = {
  "pulumi-rhombus": `
    AccessControlGroup AccessControlGroupArgs BadgeFaceVerificationMode BadgeOptionsArgs BadgeVerificationArgs DoorInfo DoorInfoArgs GeneaIntegration
    GeneaIntegrationArgs KisiDefaultOptions KisiDefaultOptionsArgs KisiIntegration KisiIntegrationArgs
    KisiPlace KisiPlaceArgs OnGuardIntegration OnGuardIntegrationArgs Provider ProviderArgs`,
  "pulumi-rhombus/provider": `
    AccessControlGroup GeneaIntegration KisiIntegration OnGuardIntegration`,
  "pulumi-rhombus/emulator": `
    BadgeEvent Behaviours ConsoleGenea ConsoleGroup ConsoleKisi ConsoleKisiPlace ConsoleKisiV1 ConsoleOnGuard DoorInfo
    Emulator EmulatorOptions EmulatorTls FaceMode Fault FaultMoment FaultPlan FaultTarget GeneaAccount GeneaFlags GroupType
    KisiAccount KisiAccountPlace KisiDefaultOptions KisiPlaceFlags LoggedRequest OnGuardFlags OperationName
    OrganizationConsole PlannedFault RateLimit Seed SeedApiKey SeedCamera SeedClient SeedGenea SeedGroup SeedKisi
    SeedKisiPlace SeedKisiV1 SeedLocation SeedName SeedOnGuard SeedOrganization SeedPartner SeedUser behaviourSettings campus campusSeed
    defaultBehaviours isRuuid livedIn livedInSeed newRuuid ruuidFromUuid signBadgeEvent startEmulator uuidFromRuuid`,
} as const;
