import assert from "node:assert/strict";
import { campusConfig } from "./campusConfig.mjs";
import { instructions } from "./keepInstructions.mjs";
import { postBadge } from "./postBadgeEvent.mjs";
import { Pulumi } from "./pulumi.mjs";

/** @typedef {typeof import("../../provider/emulator/index.js")} EmulatorModule */
/** @typedef {import("../../provider/emulator/index.js").OrganizationConsole} OrganizationConsole */

/** What is changed behind Pulumi's back, as the engine has to report it. */
const CHANGES = [
  { resource: "AccessControlGroup engineers", properties: ["userUuids"] },
  { resource: "OnGuardIntegration headquarters", properties: ["doorInfoMap"] },
];

/**
 * The story of the demo. Every step ends in a check; the first that fails ends the story.
 *
 * @param {object} surroundings
 * @param {import("./screen.mjs").Screen} surroundings.screen
 * @param {import("./workspace.mjs").Workplace} surroundings.workplace
 * @param {string} surroundings.engineBin The folder of the Pulumi CLI.
 * @param {boolean} surroundings.keep Whether to stop before the stack is destroyed.
 */
export async function tellStory({ screen, workplace, engineBin, keep }) {
  // A variable, because the compiler must not look for what the set-up has yet to build.
  const built = new URL("../../dist/emulator/index.js", import.meta.url).href;
  /** @type {EmulatorModule} */
  const { startEmulator, campusSeed, signBadgeEvent } = await import(built);
  const { acme } = campusSeed;
  const pulumi = new Pulumi({ screen, workplace, engineBin });

  const emulator = await screen.step("Start an emulated Rhombus", async () => {
    const started = await startEmulator();
    workplace.holds(started);
    screen.say(introduction(started.url, campusSeed));
    await pulumi.init(campusConfig(campusSeed, started.url));
    return started;
  });
  const console = emulator.console(acme.orgUuid);

  await screen.step("Read the program, examples/campus/index.ts", async () => screen.say(pulumi.programText()));
  await screen.step("Deploy examples/campus", async () => {
    const steps = await pulumi.operate("up", "--yes", "--skip-preview");
    assert.deepEqual([...new Set(steps.map(({ op }) => op))], ["create"], "pulumi up did not create everything.");
  });
  await screen.step("Look at the outputs", () => pulumi.showOutputs());
  await screen.step("Send a badge event, signed with presharedSecret, to webhookUrl", async () => {
    const outputs = await pulumi.outputs();
    await postBadge({ screen, outputs, console, cameras: acme.cameras, sign: signBadgeEvent });
  });
  await tellOfDrift({ screen, pulumi, console, acme });
  if (keep) {
    await screen.step("Keep the stack", async () => screen.say(instructions({ pulumi, emulator, acme })));
    return;
  }
  await screen.step("Destroy", async () => {
    await pulumi.operate("destroy", "--yes", "--skip-preview", "--remove");
    assert.deepEqual(emulator.remains(), [], "pulumi destroy left something behind.");
    screen.good("The emulator is empty: no integration and no group is left in any organization.");
  });
}

/**
 * The part about changes that Pulumi did not make.
 *
 * @param {object} scene
 * @param {import("./screen.mjs").Screen} scene.screen
 * @param {Pulumi} scene.pulumi
 * @param {OrganizationConsole} scene.console
 * @param {EmulatorModule["campusSeed"]["acme"]} scene.acme
 */
async function tellOfDrift({ screen, pulumi, console, acme }) {
  const deployed = configured(console);
  await screen.step("Change things in the Rhombus console, behind Pulumi's back", async () => {
    changeByHand(console, acme);
    const { cameras, users } = acme;
    screen.say(
      `At the lobby, the camera "${cameras.elevators.name}" takes the place of "${cameras.lobby.name}", ` +
        `and ${users.ben.firstName} leaves the engineers.`,
    );
    const steps = await pulumi.operate("refresh", "--yes", "--skip-preview", "--diff");
    screen.good(`Refresh finds ${said(onlyTheChanges(steps))}, and nothing else.`);
  });
  await screen.step("Preview the repair", async () => {
    const steps = await pulumi.operate("preview", "--diff");
    screen.good(`The next up puts back ${said(onlyTheChanges(steps))}, and nothing else.`);
  });
  await screen.step("Review the repair, as a security officer would read it", async () => {
    const review = await pulumi.review();
    assert.match(review, /Elevators/, "The review does not show the camera that changes.");
  });
  await screen.step("Repair", async () => {
    onlyTheChanges(await pulumi.operate("up", "--yes", "--skip-preview"));
    assert.deepEqual(configured(console), deployed, "Rhombus is not as it was after the first deployment.");
    screen.good("Rhombus is again as the program says.");
  });
}

/**
 * @param {string} url
 * @param {EmulatorModule["campusSeed"]} seed
 */
function introduction(url, { acme, bluebird, partner }) {
  return `${url}: ${acme.name}, and ${bluebird.name}, a client of the partner ${partner.name}.`;
}

/**
 * @param {OrganizationConsole} console
 * @param {EmulatorModule["campusSeed"]["acme"]} acme
 */
function changeByHand(console, { cameras, users }) {
  const [deployment] = console.onGuard();
  const engineers = console.groups().find(({ name }) => name === "Engineers");
  if (!deployment || !engineers) throw new Error("The console does not show what was deployed.");
  const lobby = { ...deployment.doorInfoMap["1:4"], assignedCameraList: [cameras.elevators.uuid] };
  console.setOnGuardDoor(deployment.rhombusToken, "1:4", lobby);
  const remaining = engineers.userUuids.filter((user) => user !== users.ben.uuid);
  console.setGroupMembers(engineers.uuid, remaining);
}

/**
 * What the program answers for, as the console shows it.
 *
 * @param {OrganizationConsole} console
 */
function configured(console) {
  const groups = console.groups().map((group) => ({ ...group, userUuids: [...group.userUuids].sort() }));
  return { onGuard: console.onGuard(), genea: console.genea(), kisi: console.kisi(), groups };
}

/**
 * The resources that differ; an Error when they are not exactly those that were changed by hand.
 *
 * @param {import("./eventLog.mjs").ResourceStep[]} steps
 */
function onlyTheChanges(steps) {
  const found = steps
    .filter(({ op }) => op !== "same")
    .map(({ resource, properties }) => ({ resource, properties }))
    .sort((one, other) => one.resource.localeCompare(other.resource));
  assert.deepEqual(found, CHANGES, `Pulumi does not show exactly what was changed, but: ${said(found) || "nothing"}.`);
  return found;
}

/** @param {{ resource: string, properties: string[] }[]} changes */
function said(changes) {
  return changes.map(({ resource, properties }) => `${properties.join(", ")} of ${resource}`).join(" and ");
}
