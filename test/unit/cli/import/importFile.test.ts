import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { assertNothingSecret, closeProjects, givenIn, openProject } from "./importing";

describe("pulumi-rhombus import --out", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "rhombus-import-"));
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    await closeProjects();
  });

  it("writes a file that only its owner may read, says that it holds secrets, and shows none of them", async () => {
    const project = await openProject();
    const out = path.join(folder, "import.json");
    const ended = await project.import({ out });
    assert.equal(statSync(out).mode & 0o777, 0o600);
    assert.match(ended.out, /It holds secrets in clear, and only you may read it/);
    assert.match(ended.out, /pulumi import --file .*import\.json --generate-code=false --protect=false\n/);
    assertNothingSecret(ended.out + ended.err);
    assert.equal(givenIn(readFileSync(out, "utf8")).resources.length, 10);
  });

  it("marks every secret in it, so that the engine encrypts it", async () => {
    const project = await openProject();
    const out = path.join(folder, "import.json");
    await project.import({ out });
    const unmarked = readFileSync(out, "utf8").replace(/"plaintext": "(?:[^"\\]|\\.)*"/g, "");
    assertNothingSecret(unmarked);
  });

  it("writes the same file twice, but never over another one", async () => {
    const project = await openProject();
    const [one, other] = ["one.json", "other.json"].map((name) => path.join(folder, name));
    assert.ok(one !== undefined && other !== undefined);
    await project.import({ out: one });
    await project.import({ out: other });
    assert.equal(readFileSync(one, "utf8"), readFileSync(other, "utf8"));
    await assert.rejects(project.import({ out: one }), /one\.json already exists\. Choose another name/);
  });

  it("writes nothing in a dry run", async () => {
    const project = await openProject();
    const out = path.join(folder, "import.json");
    assert.match((await project.import({ out, dryRun: true })).out, /Would write .* for 10 objects/);
    assert.ok(!existsSync(out));
  });
});
