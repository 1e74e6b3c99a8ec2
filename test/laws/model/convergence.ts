import assert from "node:assert/strict";
import { isFailed, type Outcome } from "../../drivers/deployment";
import type { ResourceState } from "../../drivers/fakeEngine";
import { messagesOf } from "./expectations";
import { remedyFor } from "./failures";
import { byId, echoIn, inputsIn, outputsIn, propertiesIn, type RemoteObject, remoteId } from "./remoteObjects";
import { keyOf, nameFieldOf, resourceOf } from "./resources";
import type { Scenario } from "./scenario";
import { assertSecretsStored } from "./secrets";
import { type Branch, differences, edited, projected } from "./tree";

/** The largest number of refreshes and deployments until nothing is left to do. */
const MAX_ROUNDS = 8;

/**
 * Refreshes and deploys without faults, and follows the remedies in the messages, until nothing is left to do. Then everything is
 * as declared, no object is left over, and `destroy` deletes all of it.
 */
export async function assertConverges(scenario: Scenario): Promise<void> {
  scenario.emulator.behave({ errorAfterWrites: 0 });
  // The next deployment must complete a partial failure without a refresh: every other sequence begins with that.
  if (scenario.steps % 2 === 1) await scenario.up();
  for (let round = 1; ; round++) {
    const failedReads = (await scenario.refresh()).filter(isFailed);
    const outcomes = failedReads.length > 0 ? failedReads : await scenario.up();
    const open = outcomes.filter((each) => isFailed(each) || each.step !== "same");
    if (open.length === 0) break;
    assert.ok(round < MAX_ROUNDS, `not complete after ${round} rounds: ${messagesOf(open)}`);
    const { behaviours } = scenario;
    for (const outcome of open.filter(isFailed)) {
      const remedy = remedyFor(outcome.message, behaviours);
      if (remedy === undefined) correct(scenario, outcome);
      else scenario.emulator.behave(remedy);
    }
  }
  await assertComplete(scenario);
  await assertDestroys(scenario);
}

/** Follows the remedy in a message. */
function correct(scenario: Scenario, { name, message }: Outcome): void {
  const [resource, declaration] = [...scenario.program].find(([, each]) => each.name === name) ?? [];
  assert.ok(resource !== undefined && declaration !== undefined, `${name} is not in the program: ${message}`);
  const { inputs } = declaration;
  const declare = (changed: Branch) => scenario.declare(resource, changed);
  if (/Declare the current locationUuid, .*cannot be adopted/.test(message)) {
    const { locationUuid: _other, ...others } = inputs;
    declare(others);
  } else if (/adopt: true.*already exists in Rhombus and is not managed by this resource/.test(message)) {
    declare({ ...inputs, adopt: true });
  } else if (/exists \d+ times|cannot be renamed|which is to replace it/.test(message))
    renameOthers(scenario, resource);
  // An object that was renamed in the console has the name of another resource until the next round renames it back.
  else if (/manage the same object/.test(message)) return;
  else if (/^Declare them, or remove them in the Rhombus console/.test(message))
    removeOthers(scenario, resource, inputs);
  else if (/Declare api\w+/.test(message)) declare({ ...inputs, ...resourceOf(resource).least });
  else assert.fail(`no remedy for ${name}: ${message}`);
}

/** Removes in the console what the program does not declare. */
function removeOthers(scenario: Scenario, resource: string, inputs: Branch): void {
  const { type } = resourceOf(resource);
  const sets = Object.entries(inputs).filter(([, value]) => Array.isArray(value));
  for (const object of scenario.remote()) {
    if (object.type !== type || keyOf(type, object.tree) !== keyOf(type, inputs)) continue;
    scenario.set(object, { ...object.tree, ...Object.fromEntries(sets) });
  }
}

/** Renames the objects that this stack does not manage. */
function renameOthers(scenario: Scenario, resource: string): void {
  const { type } = resourceOf(resource);
  const managed = scenario.managed();
  for (const [index, object] of scenario.remote().entries()) {
    if (object.type !== type || managed.has(object.id)) continue;
    scenario.set(object, edited(object.tree, [nameFieldOf(type) ?? ""], `Other ${index}`));
  }
}

async function assertComplete(scenario: Scenario): Promise<void> {
  const { state } = scenario.deployment;
  for (const { name, step, result } of await scenario.preview()) {
    assert.deepEqual([step, result], ["same", "ok"], `${name} has a plan`);
  }
  const before = [...state].map(([name, each]) => [name, comparable(each)] as const);
  assertSucceeded(await scenario.refresh());
  for (const [name, was] of before) assert.deepEqual(comparable(state.get(name)), was, `a refresh changed ${name}`);
  assertManaged(scenario, scenario.remote());
}

/** The part of a state that a refresh must not change. It removes instructions, and a read that lags may show an earlier time. */
function comparable(state: ResourceState | undefined): Branch {
  if (state === undefined) return {};
  const { updatedAtMillis: _earlier, ...outputs } = outputsIn(state);
  return { ...outputs, inputs: propertiesIn(inputsIn(state)) };
}

/** Asserts that each resource has an object of its own as declared, and that there is no other object that nobody created. */
function assertManaged(scenario: Scenario, remote: readonly RemoteObject[]): void {
  const { behaviours } = scenario;
  const managed = new Set<string>();
  const keys = new Set<string>();
  for (const [resource, { name, inputs }] of scenario.program) {
    const state = scenario.deployment.state.get(name);
    const object = byId(remote, remoteId(state));
    assert.ok(state !== undefined && object !== undefined, `${name} does not exist`);
    const declared = propertiesIn(inputs);
    const shown = projected(object.tree, declared, inputs.membership === "additive");
    assert.deepEqual(differences(shown, declared), [], `${name} is not as declared`);
    assert.deepEqual(differences(propertiesIn(echoIn(state)), declared), [], `the state of ${name} is not as declared`);
    assertSecretsStored(name, state, object, { behaviours });
    assert.ok(!managed.has(object.id), `${name} shares its object with another resource`);
    managed.add(object.id);
    keys.add(keyOf(resourceOf(resource).type, inputs));
  }
  const others = remote.filter(({ id }) => !managed.has(id) && !scenario.createdRemotely.has(id));
  // An object that a failed operation created may remain if the program no longer declares it.
  const isAllowed = ({ id, type, tree }: RemoteObject) => scenario.leftovers.has(id) && !keys.has(keyOf(type, tree));
  const unexpected = others.filter((object) => !isAllowed(object));
  assert.deepEqual(unexpected, [], "an object exists that nobody created");
}

async function assertDestroys(scenario: Scenario): Promise<void> {
  const before = scenario.remote();
  const managed = scenario.managed();
  const destroy = () => scenario.run(() => scenario.deployment.destroy());
  const { behaviours } = scenario;
  for (const { message } of (await destroy()).filter(isFailed)) {
    scenario.emulator.behave(remedyFor(message, behaviours) ?? assert.fail(message));
  }
  assertSucceeded(await destroy());
  const others = before.filter(({ id }) => !managed.has(id));
  assert.deepEqual(scenario.remote(), others, "destroy deletes the managed objects and no others");
}

function assertSucceeded(outcomes: readonly Outcome[]): void {
  const failed = outcomes.filter(isFailed);
  assert.deepEqual(failed, [], messagesOf(failed));
}
