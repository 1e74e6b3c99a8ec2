import assert from "node:assert/strict";
import { campusSeed, type Emulator } from "../../provider/emulator";
import { groupsEnv, type Implementation, openProject } from "../implementations";

/**
 * Checks that naive and ours create, change and delete groups. A comparison with an implementation that does not would be
 * meaningless.
 * @throws AssertionError if one of them does not.
 */
export async function checkImplementations(emulator: Emulator): Promise<void> {
  for (const implementation of ["naive", "ours"] as const) await checkImplementation(implementation, emulator);
}

async function checkImplementation(implementation: Implementation, emulator: Emulator): Promise<void> {
  const project = await openProject(implementation, emulator.url);
  const descriptions = () => {
    const groups = emulator.console(campusSeed.acme.orgUuid).groups();
    return groups.map(({ name, description }) => `${name}: ${description}`).sort();
  };
  const both = ["Team 0: Opens what team 0 needs", "Team 1: Opens what team 1 needs"];
  try {
    await project.run("up", { env: groupsEnv({ groups: 2 }) });
    assert.deepEqual(descriptions(), both, `${implementation} does not create the groups`);
    await project.run("up", { env: groupsEnv({ groups: 2, changed: 1 }) });
    const changed = [both[0], `${both[1]}, changed`];
    assert.deepEqual(descriptions(), changed, `${implementation} does not change the group`);
    await project.run("destroy");
    assert.deepEqual(emulator.remains(), [], `${implementation} does not delete the groups`);
  } finally {
    project.close();
  }
}
