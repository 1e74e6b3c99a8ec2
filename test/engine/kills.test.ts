import assert from "node:assert/strict";
import { tally } from "../tally";
import { Reckoning } from "./kills/reckoning";
import { changed, first, replaced, replacing } from "./kills/stages";
import { Story } from "./kills/story";

const every = { AccessControlGroup: 1, GeneaIntegration: 1, KisiIntegration: 1, OnGuardIntegration: 1 } as const;

describe("A deployment that is killed between a write and its answer", function () {
  this.timeout(180_000);
  const reckoning = new Reckoning();
  let found: number;
  let story: Story;
  beforeEach(() => {
    found = reckoning.findings().length;
  });
  afterEach(() => assert.deepEqual(reckoning.findings().slice(found), []));
  after(() => tally(reckoning.line()));

  describe("with its CLI", () => {
    before("begins", async () => {
      story = await Story.begin(reckoning);
    });
    after("ends", () => story?.end());

    it("names each object that it has made, and adopts it", () => story.deploy("CLI", every, first));
    it("leaves no creation pending once a refresh has cleared it", () => story.clearPending());
    it("finishes each change", () =>
      story.deploy("CLI", { ...every, AccessControlGroup: 3, OnGuardIntegration: 2 }, changed));
    it("finishes each replacement", () =>
      story.deploy(
        "CLI",
        { AccessControlGroup: 2, GeneaIntegration: 2, KisiIntegration: 2, OnGuardIntegration: 4 },
        replaced,
        ...replacing,
      ));
    it("finishes each deletion", () => story.destroy("CLI", every));
  });
});
