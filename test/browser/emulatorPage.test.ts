import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Browser } from "playwright-core";
import { campusSeed, type Emulator, livedInSeed } from "../../provider/emulator";
import { ask, closeAll, listAt, start, textAt } from "../unit/emulator/caller";
import { faintTextsOf, obstaclesOf } from "./appearance";
import { launch, openTab } from "./browser";

const { acme, bluebird } = campusSeed;

/** The names of the groups that the API lists. */
async function groupNames(emulator: Emulator): Promise<string[]> {
  const groups = listAt(await ask(emulator, "findAccessControlGroupsByOrg"), "groups");
  return groups.map((group) => textAt(group, "name"));
}

describe("the emulator's page in a browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let emulator: Emulator;

  before("starts the browser", async () => {
    browser = await launch();
  });
  beforeEach(async () => {
    emulator = await start({ seed: "livedIn" });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await closeAll();
  });
  after(() => browser?.close());

  for (const javaScriptEnabled of [true, false]) {
    const title = javaScriptEnabled ? "with scripts" : "without scripts";

    it(`renames, unlinks and deletes at a click, ${title}, and the API shows it`, async () => {
      const { page, problems } = await openTab(browser, emulator.url, { javaScriptEnabled });
      await page.getByLabel('New name of group "Engineering"').fill("Platform");
      await page.getByRole("button", { name: 'Rename group "Engineering"' }).click();
      await page.getByText('group "Engineering" renamed to "Platform"').waitFor();
      await page.getByRole("button", { name: 'Unlink Lobby from door "Lobby" (1:4)' }).click();
      await page.getByText('camera "Lobby" unlinked from door "Lobby" (1:4)').waitFor();
      await page.getByRole("button", { name: 'Delete group "Warehouse"' }).click();
      await page.getByText('group "Warehouse" deleted').waitFor();
      const names = await groupNames(emulator);
      assert.deepEqual(
        [names.includes("Platform"), names.includes("Engineering"), names.includes("Warehouse")],
        [true, false, false],
      );
      const list = listAt(await ask(emulator, "listHoneywellOnGuardIntegrations"), "integrations");
      assert.deepEqual(listAt(list[0], "assignedCameraUuids"), [acme.cameras.serverRoom.uuid]);
      assert.deepEqual(problems, []);
    });
  }

  it("shows new calls and changed objects without a reload", async () => {
    const { page, problems } = await openTab(browser, emulator.url);
    await ask(emulator, "getLocations");
    emulator.console(bluebird.orgUuid).addGroup({ name: "Nurses" });
    await page.getByRole("row", { name: "getLocations Acme Robotics 200" }).waitFor();
    await page.getByRole("rowheader", { name: "Nurses" }).waitFor();
    assert.deepEqual(problems, []);
  });

  it("shows new calls after a reload without scripts", async () => {
    const { page } = await openTab(browser, emulator.url, { javaScriptEnabled: false });
    await ask(emulator, "getLocations");
    await page.getByRole("link", { name: "Reload" }).click();
    await page.getByRole("row", { name: "getLocations Acme Robotics 200" }).waitFor();
  });

  it("does not change the part in which somebody types, and leaves what is unfolded open", async () => {
    const { page, problems } = await openTab(browser, emulator.url);
    await page.getByText("Users (12)").click();
    const input = page.getByLabel('New name of group "Engineering"');
    await input.fill("Plat");
    emulator.console(acme.orgUuid).removeGroup(livedInSeed.groups.facilities);
    await ask(emulator, "getLocations");
    await page.getByRole("row", { name: "getLocations" }).waitFor();
    assert.equal(await input.inputValue(), "Plat");
    assert.ok(await page.getByRole("rowheader", { name: "Facilities" }).isVisible());
    await input.blur();
    await page.getByRole("rowheader", { name: "Facilities" }).waitFor({ state: "detached" });
    assert.ok(await page.getByRole("rowheader", { name: "Kira Sandoval" }).isVisible());
    assert.deepEqual(problems, []);
  });

  it("says that the emulator does not answer, and that an object is gone", async () => {
    const { page } = await openTab(browser, emulator.url, { javaScriptEnabled: false });
    emulator.console(acme.orgUuid).removeGroup(livedInSeed.groups.engineering);
    await page.getByRole("button", { name: 'Delete group "Engineering"' }).click();
    await page.getByRole("alert").getByText("Nothing was done.").waitFor();
    const live = await openTab(browser, emulator.url);
    await emulator.close();
    await live.page.getByRole("status").getByText("The emulator does not answer.").waitFor();
  });

  for (const [colorScheme, width, background] of [
    ["light", 1600, "rgb(246, 247, 249)"],
    ["light", 390, "rgb(246, 247, 249)"],
    ["dark", 1600, "rgb(18, 21, 27)"],
    ["dark", 390, "rgb(18, 21, 27)"],
  ] as const) {
    it(`is legible, named and within a window of ${width} pixels in ${colorScheme} mode`, async () => {
      emulator.console(acme.orgUuid).addGroup({ name: "n".repeat(50_000), description: "d".repeat(300) });
      emulator.console(acme.orgUuid).addOnGuard({ displayName: "o".repeat(300) });
      await ask(emulator, "getLocations");
      const viewport = { width, height: 900 };
      const { page, problems } = await openTab(browser, emulator.url, { colorScheme, viewport });
      await page.getByRole("button", { name: "Delete Genea integration" }).click();
      await page.getByText("Changed on this page").waitFor();
      for (const summary of await page.locator("summary").all()) await summary.click();
      assert.deepEqual(await faintTextsOf(page), []);
      assert.deepEqual(await obstaclesOf(page), []);
      const shown = await page.evaluate(() => {
        return [document.documentElement.scrollWidth, getComputedStyle(document.body).backgroundColor];
      });
      assert.deepEqual(shown, [width, background]);
      assert.deepEqual(problems, []);
    });
  }

  it("can be used with the keyboard, and shows the focus", async () => {
    const { page } = await openTab(browser, emulator.url);
    await page.getByLabel('New name of group "Contractors"').focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const focused = page.locator(":focus");
    assert.equal(await focused.textContent(), 'Delete group "Contractors"');
    assert.equal(await focused.evaluate((element) => getComputedStyle(element).outlineWidth), "3px");
    await page.keyboard.press("Enter");
    await page.getByText('group "Contractors" deleted').waitFor();
    assert.ok(!(await groupNames(emulator)).includes("Contractors"));
  });

  it("runs nothing of a hostile name", async () => {
    const console = emulator.console(acme.orgUuid);
    const names = [
      "<script>alert(1)</script>",
      `"><img src=x onerror=alert(1)>`,
      `" autofocus onfocus="alert(1)`,
      "</style></title><svg onload=alert(1)>",
      "\u202e\u0000\ud83d",
    ];
    for (const name of names) console.addGroup({ name, description: name });
    const { page, problems } = await openTab(browser, emulator.url);
    await page.getByRole("rowheader", { name: names[0] ?? "", exact: true }).waitFor();
    const input = page.getByLabel(`New name of group "${names[1]}"`);
    assert.equal(await input.inputValue(), names[1]);
    await input.fill("<i>");
    await page.getByRole("button", { name: `Rename group "${names[1]}"` }).click();
    await page.getByRole("rowheader", { name: "<i>", exact: true }).waitFor();
    assert.equal(await page.locator("img, svg, i, main script").count(), 0);
    assert.deepEqual(problems, []);
  });
});

describe("the emulator and pages of other sites in a browser", function () {
  this.timeout(60_000);
  let browser: Browser;
  let emulator: Emulator;
  let site: Server;
  let content = "";

  before("starts the browser and another site", async () => {
    browser = await launch();
    site = createServer((_request, response) => response.setHeader("content-type", "text/html").end(content));
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  });
  beforeEach(async () => {
    emulator = await start({ seed: "livedIn" });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await closeAll();
  });
  after(async () => {
    await browser?.close();
    site.close();
  });

  const openSite = async (html: string) => {
    content = html;
    const context = await browser.newContext();
    const page = await context.newPage();
    // Listening has given it a port.
    const { port } = site.address() as AddressInfo;
    await page.goto(`http://localhost:${port}/`);
    return page;
  };

  it("does not carry out a form of another site", async () => {
    const own = await (await fetch(emulator.url)).text();
    const deletion = /name="action" value="(\w+)"><button>Delete<span class="hidden"> group/;
    const action = deletion.exec(own)?.[1] ?? assert.fail();
    const before = emulator.remains();
    const page = await openSite(
      `<form method="post" action="${emulator.url}/"><input name="action" value="${action}"><button>Go</button></form>`,
    );
    const [answer] = await Promise.all([page.waitForResponse(`${emulator.url}/`), page.click("button")]);
    assert.equal(answer.status(), 403);
    assert.deepEqual(emulator.remains(), before);
  });

  it("shows nothing to a frame or a script of another site, and carries out no call of it", async () => {
    const before = emulator.remains();
    const page = await openSite(`<iframe src="${emulator.url}/"></iframe>`);
    assert.equal(await page.frameLocator("iframe").getByText("Acme Robotics").count(), 0);
    const outcome = await page.evaluate(
      async ([url, key]) => {
        const headers = { "x-auth-scheme": "api-token", "x-auth-apikey": key ?? "" };
        const path = `${url}/api/accesscontrol/createAccessControlGroup`;
        const calls = [
          fetch(`${url}/`).then((answer) => answer.text()),
          fetch(path, { method: "POST", headers, body: '{"name":"Guests"}' }).then((answer) => answer.text()),
          fetch(path, { method: "POST", mode: "no-cors", body: '{"name":"Guests"}' }).then((answer) => answer.type),
        ];
        return (await Promise.allSettled(calls)).map((each) => (each.status === "fulfilled" ? each.value : "failed"));
      },
      [emulator.url, acme.apiKey],
    );
    assert.deepEqual(outcome.slice(0, 2), ["failed", "failed"]);
    assert.deepEqual(emulator.remains(), before);
    assert.ok(emulator.requests().every(({ status }) => status === 403));
  });

  it("refuses a name that resolves to 127.0.0.1", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const answer = await page.goto(`http://rebound.example:${emulator.port}/`);
    assert.equal(answer?.status(), 403);
    assert.ok(!(await page.content()).includes("Acme Robotics"));
  });
});
