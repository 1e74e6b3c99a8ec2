import assert from "node:assert/strict";
import { campusSeed, type LoggedRequest, type OrganizationConsole } from "../../../provider/emulator";
import { begin, endAll, type Properties } from "../../drivers/stack";
import { grant } from "../declared";

const { access, users } = campusSeed.acme;
const { doors, elevatorLandings, doorLabels, schedules } = access;

/** The grants that Pulumi may manage. */
function grantsIn(console: OrganizationConsole) {
  return console.accessGrants().filter(({ mode }) => mode === "DEFAULT");
}

const always = { scheduleUuid: undefined, always: true };
const afterHours = { scheduleUuid: schedules.afterHours.uuid };
const moreDoors = { accessControlledDoorUuids: [doors.northGate.uuid, doors.southGate.uuid] };
const morePeople = { userUuids: [users.ada.uuid, users.ben.uuid] };
const strangeGroup = { groupUuids: ["Z04p4MkMTCKnu7wjgDrmyQ"] };
const strangeUser = { userUuids: [users.ada.uuid, users.farid.uuid] };
const strangeDoor = { accessControlledDoorUuids: [doors.northGate.uuid, doors.serverRoom.uuid] };
const strangeLanding = { accessControlledElevatorLandingUuids: [elevatorLandings.lobby] };
const strangeLabel = { doorLabelIds: [doorLabels.perimeter] };

describe("an access grant: doors and people that no plan has shown", () => {
  afterEach(endAll);

  const widenings: Readonly<Record<string, readonly [theirs: Properties, mine: Properties, named: RegExp]>> = {
    "all times for a group": [strangeGroup, always, /has group "Z04p4MkMTCKnu7wjgDrmyQ", which/],
    "another schedule for a user": [strangeUser, afterHours, new RegExp(`has user "${users.farid.uuid}", which`)],
    "all times at a door": [strangeDoor, always, new RegExp(`has door "${doors.serverRoom.uuid}", which`)],
    "another schedule at an elevator landing": [strangeLanding, afterHours, /has elevator landing "[^"]+", which/],
    "all times for both": [
      { ...strangeGroup, ...strangeLabel },
      always,
      /has door label "[^"]+", group "[^"]+", which/,
    ],
    "a door for a user": [strangeUser, moreDoors, /has user "/],
    "a door for a group, beside another name": [strangeGroup, { ...moreDoors, name: "Yard" }, /has group "/],
    "an elevator landing for a group": [strangeGroup, strangeLanding, /has group "/],
    "a door label for a user": [strangeUser, strangeLabel, /has user "/],
    "a user at a door": [strangeDoor, morePeople, /has door "/],
    "a user at a door label": [strangeLabel, morePeople, /has door label "/],
    "a group at an elevator landing": [strangeLanding, strangeGroup, /has elevator landing "/],
  };
  for (const [what, [added, mine, named]] of Object.entries(widenings)) {
    it(`get nothing more before a refresh has shown them: ${what}`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: grant() });
      console.setAccessGrant(stack.stored("it").id, added);
      const [live, stored] = [grantsIn(console), stack.stored("it")];
      const refusal = await refusalOf(stack.up({ it: grant(mine) }));
      assert.match(
        refusal,
        /^Run `pulumi refresh`, then `pulumi up`: the access grant "(?:Gates|Yard)" .* no plan has shown\. /,
      );
      assert.match(refusal, named);
      assert.deepEqual([grantsIn(console), stack.stored("it")], [live, stored]);
      await stack.refresh();
      assert.deepEqual(await stack.up({ it: grant(mine) }), { it: "update" });
      assert.deepEqual(grantsIn(console), [{ ...live[0], ...declaredBy(mine) }]);
    });

    it(`get nothing more from an adoption: ${what}`, async () => {
      const { stack, console } = await begin();
      const uuid = console.addAccessGrant(theirs({ ...added, name: mine.name ?? "Gates" }));
      const before = grantsIn(console);
      const program = { it: grant({ ...mine, adopt: true }) };
      const refusal = await refusalOf(stack.up(program));
      assert.match(refusal, /^Declare them, or remove them in the Rhombus console: .* the program does not declare\. /);
      assert.match(refusal, named);
      assert.deepEqual([grantsIn(console), stack.has("it")], [before, false]);
      console.setAccessGrant(uuid, theirs({ name: mine.name ?? "Gates" }));
      assert.deepEqual(await stack.up(program), { it: "create" });
      assert.equal(stack.stored("it").id, uuid);
    });
  }

  for (const [what, [added, before, mine]] of Object.entries({
    "another name": [{ ...strangeGroup, ...strangeDoor }, {}, { name: "Yard" }],
    "a schedule instead of all times": [{ ...strangeGroup, ...strangeDoor }, always, {}],
    "fewer people": [{ ...strangeUser, ...strangeDoor }, morePeople, {}],
    "a user beside another one": [strangeGroup, {}, morePeople],
    "a door beside another one": [strangeDoor, {}, strangeLabel],
  } satisfies Record<string, readonly [Properties, Properties, Properties]>)) {
    it(`stay with a warning if the program gives them nothing: ${what}`, async () => {
      const { stack, console } = await begin();
      await stack.up({ it: grant(before) });
      console.setAccessGrant(stack.stored("it").id, added);
      assert.deepEqual(await stack.up({ it: grant(mine) }), { it: "update" });
      assert.match(stack.warnings.join(), /changed outside Pulumi and left as it is/);
    });
  }

  /** Deploys a grant, and changes it in the console while the next write of it waits to be repeated. */
  async function changedMeanwhile(change: Properties) {
    const onRequest = ({ operation }: LoggedRequest) => {
      if (operation === "updateAccessGrant") console.setAccessGrant(stack.stored("it").id, change);
    };
    const { emulator, stack, console } = await begin({ onRequest, config: { maxRetries: "2" } });
    await stack.up({ it: grant() });
    emulator.fail({ operation: "updateAccessGrant", with: { kind: "status", status: 429, when: "before" } });
    return { stack, console };
  }

  it("get nothing more if they are added while a write waits to be repeated", async () => {
    const { stack, console } = await changedMeanwhile(strangeGroup);
    assert.match(await refusalOf(stack.up({ it: grant(always) })), /^Run `pulumi refresh`, .* has group "/);
    assert.equal(grantsIn(console)[0]?.scheduleUuid, schedules.businessHours.uuid);
  });

  it("are not let in at all times if the schedule is removed while a write waits to be repeated", async () => {
    const { stack, console } = await changedMeanwhile({ scheduleUuid: null });
    assert.match(await refusalOf(stack.up({ it: grant(morePeople) })), /lost its schedule outside Pulumi/);
    assert.deepEqual(grantsIn(console)[0]?.userUuids, [users.ada.uuid]);
  });

  it("get nothing more from another resource of the program that adopts the grant first", async () => {
    const { stack, console } = await begin();
    const staff = grant({ userUuids: undefined, ...strangeGroup });
    await stack.up({ it: staff });
    const before = grantsIn(console);
    const other = grant({ ...always, userUuids: [users.ben.uuid], adopt: true });
    assert.match(await refusalOf(stack.up({ other, it: staff })), /^Declare them, .* has group "/);
    assert.deepEqual(grantsIn(console), before);
  });

  it("are ten at most in the message", async () => {
    const { stack, console } = await begin();
    await stack.up({ it: grant() });
    const doorLabelIds = Array.from({ length: 12 }, (_, number) => `"Label"\n${number}`);
    console.setAccessGrant(stack.stored("it").id, { doorLabelIds });
    assert.match(
      await refusalOf(stack.up({ it: grant(always) })),
      /has door label "\\"Label\\"\\n0", .* and 2 more, which/,
    );
  });
});

async function refusalOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => assert.fail("it was not refused"),
    ({ message }: Error) => message,
  );
}

/** The values of the grant that a program writes in place of those of `grant()`. */
function declaredBy({ always: holds, ...others }: Properties) {
  const { accessControlledDoorUuids, userUuids } = grant().inputs;
  return {
    ...{ accessControlledElevatorLandingUuids: [], doorLabelIds: [], groupUuids: [] },
    ...{ accessControlledDoorUuids, userUuids, ...others },
    ...(holds === true && { scheduleUuid: null }),
  };
}

/** A grant as someone makes it in the console, with the doors, people and times of `grant()`. */
function theirs({ name, ...sets }: Properties) {
  const { inputs } = grant();
  return {
    name: String(name ?? inputs.name),
    locationUuid: String(inputs.locationUuid),
    scheduleUuid: schedules.businessHours.uuid,
    ...{ accessControlledElevatorLandingUuids: [], doorLabelIds: [], groupUuids: [] },
    accessControlledDoorUuids: [doors.northGate.uuid],
    userUuids: [users.ada.uuid],
    ...sets,
  };
}
