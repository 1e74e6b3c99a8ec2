import assert from "node:assert/strict";
import type { Rhombus } from "../environment/rhombus";
import { type Contestant, declaring, openProject } from "../implementations";

/**
 * Shows that those contestants who shall call the API really do: they make groups, change them and remove them. A comparison
 * with one who does not would say nothing.
 * @param rhombus The Rhombus that is called.
 * @throws AssertionError when one does not.
 */
export async function proveContestants(rhombus: Rhombus): Promise<void> {
  for (const contestant of ["naive", "ours"] as const) await prove(contestant, rhombus);
}

async function prove(contestant: Contestant, rhombus: Rhombus): Promise<void> {
  const project = await openProject(contestant, rhombus.url);
  const descriptions = async () =>
    (await rhombus.ask("groups")).map(({ name, description }) => `${name}: ${description}`);
  const both = ["Team 0: Opens what team 0 needs", "Team 1: Opens what team 1 needs"];
  try {
    await project.run("up", { env: declaring({ groups: 2 }) });
    assert.deepEqual((await descriptions()).sort(), both, `${contestant} makes no groups`);
    await project.run("up", { env: declaring({ groups: 2, changed: 1 }) });
    const changed = [both[0], `${both[1]}, changed`];
    assert.deepEqual((await descriptions()).sort(), changed, `${contestant} changes no group`);
    await project.run("destroy");
    assert.deepEqual(await rhombus.ask("remains"), [], `${contestant} removes no groups`);
  } finally {
    project.close();
  }
}
