import assert from "node:assert/strict";
import { campusConfig } from "./campusConfig.mjs";
import { keepInstructions } from "./keepInstructions.mjs";
import { postBadgeEvent } from "./postBadgeEvent.mjs";
import { Pulumi } from "./pulumi.mjs";

/** @typedef {typeof import("../../provider/emulator/index.js")} EmulatorModule */
/** @typedef {import("../../provider/emulator/index.js").OrganizationConsole} OrganizationConsole */

/** The changes made outside of Pulumi, as the engine must report them. */
const CHANGES = [
  { resource: "AccessControlGroup engineers", properties: ["userUuids"] },
  { resource: "OnGuardIntegration headquarters", properties: ["doorInfoMap"] },
];

/**
 * Runs all steps of the demo after the set-up. A failed check ends the demo.
 * @param {object} options
 * @param {import("./screen.mjs").Screen} options.screen
 * @param {import("./workspace.mjs").Workspace} options.workspace
 * @param {string} options.engineBin The folder of the Pulumi CLI.
 * @param {boolean} options.keep True to stop before the stack is destroyed.
 */
export async function runSteps({ screen, workspace, engineBin, keep }) {
  // A variable, because the compiler would require the file to exist, and the set-up builds it.
  const built = new URL("../../dist/emulator/index.js", import.meta.url).href;
  /** @type {EmulatorModule} */
  const { startEmulator, campusSeed, signBadgeEvent } = await import(built);
  const { acme } = campusSeed;
  const pulumi = new Pulumi({ screen, workspace, engineBin });

  const emulator = await screen.step("Start an emulated Rhombus", async () => {
    const started = await startEmulator();
    workspace.setEmulator(started);
    screen.print(introduction(started.url, campusSeed));
    await pulumi.init(campusConfig(campusSeed, started.url));
    return started;
  });
  const console = emulator.console(acme.orgUuid);

  await screen.step("Show the program, examples/campus/index.ts", async () => screen.print(pulumi.programText()));
  await screen.step("Deploy examples/campus", async () => {
    const steps = await pulumi.operate("up", "--yes", "--skip-preview");
    assert.deepEqual([...new Set(steps.map(({ op }) => op))], ["create"], "pulumi up did not create everything.");
  });
  await screen.step("Show the outputs", () => pulumi.showOutputs());
  await screen.step("Send a badge event, signed with presharedSecret, to webhookUrl", async () => {
    const outputs = await pulumi.outputs();
    await postBadgeEvent({ screen, outputs, console, cameras: acme.cameras, sign: signBadgeEvent });
  });
  await runDrift({ screen, pulumi, console, acme });
  if (keep) {
    await screen.step("Keep the stack", async () => screen.print(keepInstructions({ pulumi, emulator, acme })));
    return;
  }
  await screen.step("Destroy", async () => {
    await pulumi.operate("destroy", "--yes", "--skip-preview", "--remove");
    assert.deepEqual(emulator.remains(), [], "pulumi destroy left objects behind.");
    screen.success("The emulator is empty: no integration and no group is left in any organization.");
  });
}

/**
 * Runs the steps about changes made outside of Pulumi.
 * @param {object} options
 * @param {import("./screen.mjs").Screen} options.screen
 * @param {Pulumi} options.pulumi
 * @param {OrganizationConsole} options.console
 * @param {EmulatorModule["campusSeed"]["acme"]} options.acme
 */
async function runDrift({ screen, pulumi, console, acme }) {
  const deployed = configured(console);
  await screen.step("Change objects in the Rhombus console, outside of Pulumi", async () => {
    changeByHand(console, acme);
    const { cameras, users } = acme;
    screen.print(
      `The lobby door now has the camera "${cameras.elevators.name}" instead of "${cameras.lobby.name}", ` +
        `and ${users.ben.firstName} is no longer in the group "Engineers".`,
    );
    const steps = await pulumi.operate("refresh", "--yes", "--skip-preview", "--diff");
    screen.success(`The refresh finds ${listed(onlyTheChanges(steps))}, and nothing else.`);
  });
  await screen.step("Preview the repair", async () => {
    const steps = await pulumi.operate("preview", "--diff");
    screen.success(`The next up restores ${listed(onlyTheChanges(steps))}, and nothing else.`);
  });
  await screen.step("Review the repair as Markdown, for example in a pull request", async () => {
    const review = await pulumi.review();
    assert.match(review, /Elevators/, "The review does not show the changed camera.");
  });
  await screen.step("Repair", async () => {
    onlyTheChanges(await pulumi.operate("up", "--yes", "--skip-preview"));
    assert.deepEqual(configured(console), deployed, "Rhombus differs from the state after the first deployment.");
    screen.success("Rhombus matches the program again.");
  });
}

/**
 * @param {string} url
 * @param {EmulatorModule["campusSeed"]} seed
 */
function introduction(url, { acme, bluebird, partner }) {
  return `${url} serves ${acme.name}, and ${bluebird.name}, a client of the partner ${partner.name}.
Open it in a browser to watch its objects and the calls.`;
}

/**
 * @param {OrganizationConsole} console
 * @param {EmulatorModule["campusSeed"]["acme"]} acme
 */
function changeByHand(console, { cameras, users }) {
  const [deployment] = console.onGuard();
  const engineers = console.groups().find(({ name }) => name === "Engineers");
  if (!deployment || !engineers) throw new Error("The console does not show the deployed objects.");
  const lobby = { ...deployment.doorInfoMap["1:4"], assignedCameraList: [cameras.elevators.uuid] };
  console.setOnGuardDoor(deployment.rhombusToken, "1:4", lobby);
  const remaining = engineers.userUuids.filter((user) => user !== users.ben.uuid);
  console.setGroupMembers(engineers.uuid, remaining);
}

/**
 * The objects that the program manages, as the console shows them.
 * @param {OrganizationConsole} console
 */
function configured(console) {
  const groups = console.groups().map((group) => ({ ...group, userUuids: [...group.userUuids].sort() }));
  return { onGuard: console.onGuard(), genea: console.genea(), kisi: console.kisi(), groups };
}

/**
 * The changed resources. Throws an Error if they are not exactly those of {@link CHANGES}.
 * @param {import("./pulumi.mjs").ResourceStep[]} steps
 */
function onlyTheChanges(steps) {
  const found = steps
    .filter(({ op }) => op !== "same")
    .map(({ resource, properties }) => ({ resource, properties }))
    .sort((one, other) => one.resource.localeCompare(other.resource));
  assert.deepEqual(
    found,
    CHANGES,
    `Pulumi does not show exactly the changes that were made, but: ${listed(found) || "nothing"}.`,
  );
  return found;
}

/** @param {{ resource: string, properties: string[] }[]} changes */
function listed(changes) {
  return changes.map(({ resource, properties }) => `${properties.join(", ")} of ${resource}`).join(" and ");
}
