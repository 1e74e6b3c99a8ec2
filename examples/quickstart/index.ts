import * as rhombus from "pulumi-rhombus";

const badges = new rhombus.OnGuardIntegration("hq", {
  displayName: "HQ OnGuard",
  doorInfoMap: { "1:4": { doorName: "Lobby" } },
  saveClips: true,
});

const engineering = new rhombus.AccessControlGroup("engineering", {
  description: "Everyone who works in the lab",
});

export const groupId = engineering.id;
export const webhookUrl = badges.webhookUrl;
export const signingKey = badges.presharedSecret;
