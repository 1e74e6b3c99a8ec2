import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { campus, campusSeed, type Seed, startEmulator } from "../../provider/emulator";
import { callsOf } from "../environment/calls";
import type { Peaks } from "../environment/memory";
import { type Operation, Project } from "../environment/project";

const { acme } = campusSeed;
const GROUPS = 1_000;
const MEMBERS = 20;
const DEPLOYMENTS = 50;
const DOORS = 500;
const USERS = 500;
const CAMERAS = 200;
const LOCATIONS = 10;

/** It declares the resources of declared.json. */
const PROGRAM = `const rhombus = require("pulumi-rhombus");
for (const [name, { type, inputs }] of Object.entries(require("./declared.json"))) new rhombus[type](name, inputs);
`;

/** The measurement of one command. */
interface Step {
  /** The command and its situation, for the table. */
  readonly what: string;
  readonly seconds: number;
  readonly peaks: Peaks;
  readonly calls: number;
  readonly stateBytes: number;
}

/**
 * Deploys a large stack with the real CLI, refreshes it, changes one group, and destroys it. Returns the section of the
 * page.
 */
export async function measureLarge(print: (line: string) => void): Promise<string> {
  const emulator = await startEmulator({ seed: largeOrganization() });
  const project = await Project.open({
    program: { "index.js": PROGRAM },
    config: { "rhombus:endpoint": emulator.url },
    secrets: { "rhombus:apiKey": acme.apiKey },
  });
  const all = GROUPS + DEPLOYMENTS + 1;
  const steps: Step[] = [];
  const step = async (what: string, operation: Operation, expected: string) => {
    emulator.clearRequests();
    const { seconds, peaks } = await project.run(operation, { expected });
    const done = { what, seconds, peaks, calls: callsOf(emulator).total, stateBytes: project.stateBytes() };
    steps.push(done);
    print(JSON.stringify(done));
  };
  try {
    declare(project);
    await step("up", "up", `+ ${all} created`);
    await step("refresh", "refresh", `${all} unchanged`);
    await step("preview", "preview", `${all} unchanged`);
    declare(project, "Enters by night");
    await step("up, one group changed", "up", "~ 1 updated");
    await step("destroy", "destroy", `- ${all} deleted`);
    if (!emulator.isEmpty()) throw new Error(`${emulator.remains().length} objects are left behind.`);
  } finally {
    project.close();
    await emulator.close();
  }
  return section(steps);
}

/** Replaces the resources that the project declares. `description` is that of the first group, if it differs. */
function declare(project: Project, description = "Enters by day"): void {
  const declared = [
    ...times(GROUPS, (number) => [`group-${number}`, group(number, number === 0 ? description : "Enters by day")]),
    ...times(DEPLOYMENTS, (number) => [`deployment-${number}`, deployment(number)]),
  ];
  writeFileSync(path.join(project.folder, "declared.json"), JSON.stringify(Object.fromEntries(declared)));
}

function group(number: number, description: string): object {
  const userUuids = times(MEMBERS, (member) => ruuidOf("user", (number * 7 + member) % USERS));
  return { type: "AccessControlGroup", inputs: { name: `Group ${number}`, description, userUuids } };
}

function deployment(number: number): object {
  const doors = times(DOORS, (door) => {
    const cameras = [(number * 11 + door) % CAMERAS, (number * 11 + door + LOCATIONS) % CAMERAS];
    const assignedCameraList = cameras.map((camera) => ruuidOf("camera", camera));
    const info = { doorName: `Door ${door}`, assignedCameraList, leadingSeconds: 5, clipDuration: 30 };
    return [`${number + 1}:${door + 1}`, info];
  });
  const inputs = { displayName: `Deployment ${number}`, doorInfoMap: Object.fromEntries(doors) };
  return { type: "OnGuardIntegration", inputs };
}

/** An organization with enough users, cameras and locations. */
function largeOrganization(): Seed {
  const seed = campus();
  const organizations = seed.organizations.map((organization) => {
    const { users, locations, cameras } = organization;
    const [user, location, camera] = [users[0], locations[0], cameras[0]];
    if (organization.uuid !== acme.orgUuid || !user || !location || !camera) return organization;
    const moreUsers = times(USERS, (n) => ({ ...user, uuid: ruuidOf("user", n), email: `${n}@acme.example` }));
    const moreLocations = times(LOCATIONS, (n) => ({ ...location, uuid: ruuidOf("location", n), subLocations: [] }));
    const moreCameras = times(CAMERAS, (n) => {
      return { ...camera, uuid: ruuidOf("camera", n), locationUuid: ruuidOf("location", n % LOCATIONS) };
    });
    return {
      ...organization,
      users: [...users, ...moreUsers],
      locations: [...locations, ...moreLocations],
      cameras: [...cameras, ...moreCameras],
    };
  });
  return { ...seed, organizations };
}

function section(steps: readonly Step[]): string {
  const mebibytes = (bytes: number | undefined) => (bytes === undefined ? "–" : (bytes / 2 ** 20).toFixed(1));
  const rows = steps.map(({ what, seconds, peaks, calls, stateBytes }) => {
    const cells = [seconds.toFixed(1), calls, mebibytes(peaks.provider), mebibytes(peaks.cli), mebibytes(stateBytes)];
    return `| ${[what, ...cells].join(" | ")} |`;
  });
  return `## ${GROUPS} groups with ${MEMBERS} members each and ${DEPLOYMENTS} OnGuard deployments with ${DOORS} doors each, in one stack

With the real engine and a state in a file. Memory is the peak of the process.

| | seconds | calls | provider, MiB | CLI, MiB | state, MiB |
|---|---:|---:|---:|---:|---:|
${rows.join("\n")}
`;
}

function times<T>(count: number, make: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, number) => make(number));
}

/** A reproducible RUUID. */
function ruuidOf(what: string, number: number): string {
  return createHash("md5").update(`${what} ${number}`).digest("base64url");
}
