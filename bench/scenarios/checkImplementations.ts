import assert from "node:assert/strict";
import type { Rhombus } from "../environment/rhombus";
import { groupsEnv, type Implementation, openProject } from "../implementations";

/**
 * Checks that naive and ours create, change and delete groups. A comparison with an implementation that does not would be
 * meaningless.
 * @throws AssertionError if one of them does not.
 */
export async function checkImplementations(rhombus: Rhombus): Promise<void> {
  for (const implementation of ["naive", "ours"] as const) await checkImplementation(implementation, rhombus);
}

async function checkImplementation(implementation: Implementation, rhombus: Rhombus): Promise<void> {
  const project = await openProject(implementation, rhombus.url);
  const descriptions = async () =>
    (await rhombus.send("groups")).map(({ name, description }) => `${name}: ${description}`);
  const both = ["Team 0: Opens what team 0 needs", "Team 1: Opens what team 1 needs"];
  try {
    await project.run("up", { env: groupsEnv({ groups: 2 }) });
    assert.deepEqual((await descriptions()).sort(), both, `${implementation} does not create the groups`);
    await project.run("up", { env: groupsEnv({ groups: 2, changed: 1 }) });
    const changed = [both[0], `${both[1]}, changed`];
    assert.deepEqual((await descriptions()).sort(), changed, `${implementation} does not change the group`);
    await project.run("destroy");
    assert.deepEqual(await rhombus.send("remains"), [], `${implementation} does not delete the groups`);
  } finally {
    project.close();
  }
}
