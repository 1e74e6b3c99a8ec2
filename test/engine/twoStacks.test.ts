import assert from "node:assert/strict";
import { isDeepStrictEqual } from "node:util";
import { campusSeed, type Emulator, type LoggedRequest, startEmulator } from "../../provider/emulator";
import { describeLong } from "../tally";
import { assertHidden, knownSecrets, madeSecrets } from "./fixture";
import { type Declared, type Ended, UserProject } from "./kills/project";
import { Reckoning } from "./kills/reckoning";

const { acme } = campusSeed;
const UP = ["up", "--yes", "--skip-preview"];
const door = acme.genea.doors.lobby.id;
const sides = ["North", "South"] as const;

/** What a stack declares: a deployment and a group of its own, and what an organization has only once. */
function declared(side: string): Declared {
  const own = { "1:4": { doorName: side } };
  return {
    hq: { type: "OnGuardIntegration", inputs: { displayName: side, doorInfoMap: own, saveClips: true } },
    team: { type: "AccessControlGroup", inputs: { name: side, userUuids: [acme.users.ada.uuid] } },
    genea: { type: "GeneaIntegration", inputs: { doorInfoMap: { [door]: { doorName: side } } } },
    // The last one: once it is refused, the engine begins nothing more.
    shared: { type: "AccessControlGroup", inputs: { name: "Shared" } },
  };
}

describeLong("Two stacks that deploy to one organization at once", function () {
  this.timeout(120_000);
  const secrets = new Set(knownSecrets());
  const projects: UserProject[] = [];
  let emulator: Emulator;
  let ended: readonly Ended[];
  before("deploys both", async () => {
    emulator = await startEmulator({ onRequest: meeting() });
    const learn = () => {
      for (const secret of madeSecrets(emulator)) secrets.add(secret);
    };
    for (const side of sides) {
      const project = await UserProject.open(emulator, learn);
      projects.push(project);
      project.declare(declared(side));
    }
    ended = await Promise.all(projects.map((project) => project.run(...UP)));
  });
  after("clears both away, where no secret has come to light", async () => {
    try {
      for (const project of projects) assertHidden(secrets, project, emulator);
    } finally {
      await Promise.all(projects.map((project) => project.close()));
      await emulator.close();
    }
  });
  const console = () => emulator.console(acme.orgUuid);

  it("end, and say by name what they could not have", () => {
    const failed = ended.filter(({ isDone }) => !isDone);
    assert.equal(failed.length, 1);
    const errors = [...(failed[0]?.text ?? "").matchAll(/^ +error: (.*)$/gm)].map(([, message = ""]) => message);
    const strange = errors.filter(
      (message) => message !== "update failed" && !/"Shared" exists (?:already|now), /.test(message),
    );
    assert.deepEqual(strange, []);
    assert.equal(
      console()
        .groups()
        .filter(({ name }) => name === "Shared").length,
      1,
    );
  });

  it("lose nothing that is their own, and no secret", async () => {
    const reckoning = new Reckoning();
    reckoning.compare("both", await Promise.all(projects.map((project) => project.exported())), console());
    assert.deepEqual(reckoning.findings(), []);
  });

  it("see at the next refresh what the other one has overwritten", async () => {
    const refresh = ["refresh", "--yes", "--skip-preview", "--expect-no-changes"];
    const refreshed = await Promise.all(projects.map((project) => project.run(...refresh)));
    const isAsDeclared = sides.map((side) => {
      const hq = console()
        .onGuard()
        .find(({ displayName }) => displayName === side);
      const own = [
        hq?.doorInfoMap["1:4"]?.doorName,
        hq?.flags.saveClips,
        console().genea()?.doorInfoMap[door]?.doorName,
      ];
      return isDeepStrictEqual(own, [side, true, side]);
    });
    assert.deepEqual(
      refreshed.map(({ isDone }) => isDone),
      isAsDeclared,
    );
    assert.ok(isAsDeclared.includes(false), "There is one Genea integration, and each wanted another door in it.");
  });

  it("leave nothing behind", async () => {
    const destroyed = await Promise.all(projects.map((project) => project.run("destroy", "--yes", "--skip-preview")));
    for (const { isDone, text } of destroyed) assert.ok(isDone, text);
    assert.deepEqual(emulator.remains(), []);
  });
});

/** How many times both look for something before either of them goes on to make it. */
const rounds: Readonly<Partial<Record<string, number>>> = { getGeneaIntegration: 2, findAccessControlGroupsByOrg: 1 };

/** Has the answers to both wait for each other, in each of these rounds. */
function meeting(): (request: LoggedRequest) => Promise<void> | undefined {
  const counts = new Map<string, number>();
  const waiting = new Map<string, () => void>();
  return ({ operation = "*" }) => {
    const count = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, count);
    if (count > sides.length * (rounds[operation] ?? 0)) return undefined;
    if (count % sides.length === 1) return new Promise((resolve) => waiting.set(operation, resolve));
    waiting.get(operation)?.();
    return undefined;
  };
}
