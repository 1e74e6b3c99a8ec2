import assert from "node:assert/strict";
import type { Behaviours } from "../../../provider/emulator";
import type { ResourceState } from "../../drivers/engine";
import { echoOf, inputsOf, type Outcome, outputsOf } from "./deployment";
import { assertSecrets } from "./expectations";
import type { World } from "./play";
import { cureOf } from "./reasons";
import { type Remote, type RemoteObject, remoteOf, rewrite } from "./remote";
import { keyOf, type OrganizationName, organizations, type SlotName, slots } from "./slots";
import { type Branch, differences, planted, projected } from "./tree";
import { objectOf, withoutLocal } from "./witness";

/** How often somebody who reads the messages has to deploy until there is nothing left to do. */
const MOST_ROUNDS = 8;

/**
 * Somebody who reads the messages puts everything right, now that nothing goes wrong any more: refreshes, deploys, and does
 * what the messages say. Then everything is as declared, and nothing is left over; in the end everything is destroyed.
 * @param world What a sequence has come to.
 */
export async function putRight(world: World): Promise<void> {
  world.emulator.behave({ errorAfterWrites: 0 });
  // What failed half-way is finished by the next deployment, without a refresh: every other one begins with that.
  if (world.steps % 2 === 1) await world.witness(() => world.deployment.up(world.declared()));
  for (let round = 1; ; round++) {
    const read = await world.witness(() => world.deployment.refresh(), undefined, true);
    const unread = read.filter(({ result }) => result !== "ok");
    const outcomes = unread.length > 0 ? unread : await world.witness(() => world.deployment.up(world.declared()));
    const open = outcomes.filter(({ step, result }) => result !== "ok" || step !== "same");
    if (open.length === 0) break;
    assert.ok(round < MOST_ROUNDS, `not settled in ${round} rounds: ${sayings(open)}`);
    // Two resources may complain of the same.
    const { behaviours } = world;
    for (const outcome of open) if (outcome.result !== "ok") remedy(world, behaviours, outcome);
  }
  await assertSettled(world);
  await assertDestroyed(world);
}

/**
 * What the message says to do; or, where the API cannot do what is asked for, somebody at the vendor's sees to it that it
 * can. What may be said without trouble was judged before.
 */
function remedy(world: World, behaviours: Behaviours, outcome: Outcome): void {
  const cure = cureOf(outcome.said, behaviours);
  if (cure === undefined) correct(world, outcome);
  else world.emulator.behave(cure);
}

function correct(world: World, { logical, said, organization }: Outcome): void {
  const [slot, entry] = [...world.program].find(([, each]) => each.logical === logical) ?? [];
  assert.ok(slot !== undefined && entry !== undefined, `${logical} is not in the program, and failed: ${said}`);
  const { inputs } = entry;
  if (/probably supports only one deployment/.test(said)) world.program.delete(slot);
  else if (/cannot be adopted: its locationUuid/.test(said)) {
    world.declare(slot, withoutName(inputs, "locationUuid"));
  } else if (/already exists in Rhombus and is not managed by this resource.*adopt: true/.test(said)) {
    world.declare(slot, { ...inputs, adopt: true });
  } else if (/exists \d+ times|Cannot rename/.test(said)) removeOthers(world, slot, organization);
  else if (/Declare apiToken/.test(said)) world.declare(slot, { ...inputs, ...slots[slot].least });
  else assert.fail(`nothing to do about ${logical}: ${said}`);
}

function withoutName(inputs: Branch, name: string): Branch {
  const { [name]: _gone, ...others } = inputs;
  return others;
}

/** "Rename or remove all but one": somebody renames what this stack has not made. */
function removeOthers(world: World, slot: SlotName, organization: OrganizationName): void {
  const owned = world.held();
  const { orgUuid } = organizations[organization];
  const console = world.emulator.console(orgUuid);
  for (const [index, object] of remoteOf(world.emulator, orgUuid).entries()) {
    if (object.type !== slots[slot].type || owned.has(object.id)) continue;
    const field = object.type === "AccessControlGroup" ? "name" : "displayName";
    rewrite(console, object, planted(object.tree, [field], `Other ${index}`));
  }
}

/** Nothing is left to do, everything is as declared, and whatever else there is was made by hand. */
async function assertSettled(world: World): Promise<void> {
  const { deployment } = world;
  const plans = await world.preview();
  for (const { logical, step, result } of plans)
    assert.deepEqual([step, result], ["same", "ok"], `${logical} has a plan`);
  const held = deployment.names().map((name) => [name, comparable(deployment.stored(name))] as const);
  assertWell(await world.witness(() => deployment.refresh(), undefined, true));
  for (const [name, state] of held) {
    assert.deepEqual(comparable(deployment.stored(name)), state, `a refresh changed ${name}`);
  }
  for (const organization of ["acme", "bluebird"] as const)
    assertOwned(world, organization, world.remote(organization));
}

/** What a refresh may not change. It takes an instruction out that has been followed, and a read that lags may show an earlier time. */
function comparable(state: ResourceState | undefined): Branch {
  if (state === undefined) return {};
  const { updatedAtMillis: _earlier, ...outputs } = outputsOf(state);
  return { ...outputs, inputs: withoutLocal(inputsOf(state)) };
}

function assertOwned(world: World, organization: OrganizationName, remote: Remote): void {
  const isApart = world.behaviours.kisiVersions === "separate";
  const owned = new Set<string>();
  for (const { logical, slot, inputs } of world.declared()) {
    if (slot.organization !== organization) continue;
    const state = world.deployment.stored(logical);
    const object = objectOf(state, remote, isApart);
    assert.ok(state !== undefined && object !== undefined, `${logical} does not exist`);
    const declared = withoutLocal(inputs);
    const shown = projected(object.tree, declared, inputs.membership === "additive");
    assert.deepEqual(differences(shown, declared), [], `${logical} is not as declared`);
    assert.deepEqual(
      differences(withoutLocal(echoOf(state)), declared),
      [],
      `the state of ${logical} is not as declared`,
    );
    assertSecrets(state, object, { logical, behaviours: world.behaviours });
    assert.ok(!owned.has(object.id), `${logical} shares its object with another one`);
    owned.add(object.id);
  }
  const keys = new Set(world.declared().map(({ slot, inputs }) => `${slot.organization} ${keyOf(slot.type, inputs)}`));
  const isWanted = ({ type, tree }: RemoteObject) => keys.has(`${organization} ${keyOf(type, tree)}`);
  // What an operation has made in vain belongs to nobody when the program no longer asks for it.
  const isExplained = (object: RemoteObject) => world.strays.has(object.id) && !isWanted(object);
  const others = remote.filter(({ id }) => !owned.has(id) && !world.foreign.has(id));
  assert.deepEqual(
    others.filter((object) => !isExplained(object)),
    [],
    "something is there that nobody has",
  );
}

async function assertDestroyed(world: World): Promise<void> {
  const before = new Map((["acme", "bluebird"] as const).map((name) => [name, world.remote(name)]));
  const owned = world.held();
  assertWell(await world.witness(() => world.deployment.destroy()));
  for (const [name, remote] of before) {
    const others = remote.filter(({ id }) => !owned.has(id));
    assert.deepEqual(world.remote(name), others, "what is not ours is as it was, and nothing else is left");
  }
}

function assertWell(outcomes: readonly Outcome[]): void {
  const failed = outcomes.filter(({ result }) => result !== "ok");
  assert.deepEqual(failed, [], sayings(failed));
}

function sayings(outcomes: readonly Outcome[]): string {
  return outcomes.map(({ logical, step, said }) => `${logical} (${step}): ${said}`).join("\n");
}
