import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { ensureChromium } from "../../../tools/browser/chromium.mjs";
import { Machine } from "./machine";

describe("Chromium for the tests in a browser", () => {
  let machine: Machine;
  beforeEach(() => {
    machine = new Machine();
  });
  afterEach(() => machine.remove());

  const ensure = (isRoot = true) => ensureChromium({ env: machine.env, log: machine.log, isRoot });

  /** Installs an apt-get that logs its calls, and does what the script says when it installs. */
  const aptGet = (install: string) => {
    const log = path.join(machine.root, "apt.log");
    machine.program("apt-get", `echo "$*" >> "${log}"\nif [ "$1" = install ]; then ${install}; fi`);
    return () => readFileSync(log, "utf8").trim().split("\n");
  };

  it("is the one on PATH, under any of its names", async () => {
    for (const name of ["google-chrome", "chromium-browser", "chromium"]) {
      const program = machine.program(name, ":");
      assert.equal(await ensure(false), program);
    }
    assert.deepEqual(machine.lines, []);
  });

  it("is installed as a package", async () => {
    const calls = aptGet(`: > "${machine.bin}/chromium"; chmod +x "${machine.bin}/chromium"`);
    assert.equal(await ensure(), path.join(machine.bin, "chromium"));
    assert.deepEqual(calls(), ["update", "install --yes --no-install-recommends chromium"]);
  });

  for (const [what, isRoot, install, reason] of [
    ["the user is not root", false, ":", /only root can install it/],
    ["the installation fails", true, "echo no such package >&2; exit 100", /failed \(exit 100\)\nno such package/],
  ] as const) {
    it(`is missing, with a reason, if ${what}`, async () => {
      aptGet(install);
      assert.equal(await ensure(isRoot), undefined);
      assert.match(machine.lines.join("\n"), reason);
    });
  }

  it("is missing, with a reason, without apt-get", async () => {
    assert.equal(await ensure(), undefined);
    assert.match(machine.lines.join("\n"), /Chromium is not on PATH/);
  });
});
