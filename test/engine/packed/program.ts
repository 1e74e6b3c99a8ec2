/** The files of a user's program, by name. They are text here because they are compiled where the package is installed. */
export const program: Readonly<Record<string, string>> = {
  "Pulumi.yaml": `name: packed
runtime: nodejs
description: A program that uses the packed package.
`,
  "index.ts": `import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "pulumi-rhombus";

const config = new pulumi.Config();

const badges = new rhombus.OnGuardIntegration("hq", {
  displayName: "HQ OnGuard",
  doorInfoMap: { "1:4": { doorName: "Lobby", assignedCameraList: [config.require("lobbyCamera")] } },
});
new rhombus.GeneaIntegration("genea", { apiToken: config.requireSecret("geneaToken"), saveClips: true });
new rhombus.KisiIntegration("kisi", { apiSecretKey: config.requireSecret("kisiKey"), placeToSettingsMap: {} });
const staff: rhombus.AccessControlGroup = new rhombus.AccessControlGroup("staff", { description: "All of them" });

export const webhookUrl: pulumi.Output<string> = badges.webhookUrl;
export const group = staff.id;
`,
  "imports.ts": `import { campusSeed, type Emulator, startEmulator } from "pulumi-rhombus/emulator";
import * as provider from "pulumi-rhombus/provider";

export const emulator: Promise<Emulator> = startEmulator({ seed: "campus" });
export const key: string = campusSeed.acme.apiKey;
export const check: unknown = provider.AccessControlGroup.check;
`,
  "tsconfig.json": `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "node16",
    "moduleResolution": "node16",
    "strict": true,
    "noEmit": true,
    "skipLibCheck": false,
    "types": ["node"]
  },
  "files": ["index.ts", "imports.ts"]
}
`,
};
