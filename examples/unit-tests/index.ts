import * as rhombus from "pulumi-rhombus";

export const badges = new rhombus.OnGuardIntegration("hq", {
  doorInfoMap: { "1:4": { doorName: "Lobby" } },
});

export const engineering = new rhombus.AccessControlGroup("engineering", {
  description: "Everyone who works in the lab",
});
