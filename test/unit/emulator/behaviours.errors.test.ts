import assert from "node:assert/strict";
import { campusSeed } from "../../../provider/emulator";
import { ask, call, closeAll, start } from "./caller";

const { acme } = campusSeed;

describe("emulator: behaviours of errors", () => {
  afterEach(closeAll);

  it("errorAfterWrites 2: every other write is answered 500 although it was carried out", async () => {
    const emulator = await start({ behaviours: { errorAfterWrites: 2 } });
    const names = ["One", "Two", "Three", "Four"];
    const statuses: number[] = [];
    for (const name of names) statuses.push((await call(emulator, "createAccessControlGroup", { name })).status);
    assert.deepEqual(statuses, [200, 500, 200, 500]);
    const made = emulator.console(acme.orgUuid).groups();
    assert.deepEqual(
      made.map(({ name }) => name),
      names,
    );
  });

  it("errorAfterWrites: reads and refused writes are not counted", async () => {
    const emulator = await start({ behaviours: { errorAfterWrites: 1 } });
    await ask(emulator, "findAccessControlGroupsByOrg");
    assert.equal((await call(emulator, "createAccessControlGroup", { name: "" })).status, 400);
    const wrongKey = { geneaSettings: { apiToken: "wrong" } };
    await ask(emulator, "updateGeneaIntegrationV2", wrongKey);
    assert.equal((await call(emulator, "deleteGeneaIntegrationV2")).status, 500);
  });

  it("errorAfterWrites 0: no write is answered 500", async () => {
    const emulator = await start();
    for (const name of ["One", "Two", "Three"]) await ask(emulator, "createAccessControlGroup", { name });
  });
});
