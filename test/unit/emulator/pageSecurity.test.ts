import assert from "node:assert/strict";
import type { OutgoingHttpHeaders } from "node:http";
import { campusSeed } from "../../../provider/emulator";
import { closeAll, sendExactly, start } from "./caller";
import { carryOut, formNamed, pageOf, sendForm, textOf } from "./pageForms";

const { bluebird } = campusSeed;

/** Names that try to leave their place, and the way in which the page shows them. */
const hostile: readonly (readonly [name: string, shown: string])[] = [
  ["<script>alert(1)</script>", "<script>alert(1)</script>"],
  [`"><img src=x onerror=alert(1)>`, `"><img src=x onerror=alert(1)>`],
  [`' autofocus onfocus='alert(1)`, `' autofocus onfocus='alert(1)`],
  ["</table></main><h1>Owned", "</table></main><h1>Owned"],
  ["<!-- ]]> &lt;b&gt; &#0;", "<!-- ]]> &lt;b&gt; &#0;"],
  ["javascript:alert(1)", "javascript:alert(1)"],
  ["$& $1 `", "$& $1 `"],
  ["\u202egnp.exe", "\\u{202e}gnp.exe"],
  ["a\u0000b\u001b[2Jc\u2066d\u200be", "a\\u{0}b\\u{1b}[2Jc\\u{2066}d\\u{200b}e"],
  ["half \ud83d of a pair", "half \\u{d83d} of a pair"],
  ["x".repeat(50_000), `${"x".repeat(300)}… (50000 characters)`],
  [`${"y".repeat(299)}😀 cut`, `${"y".repeat(299)}… (305 characters)`],
];

/** The headers of a browser that follows a link, and of one that sends a form. */
const link = { "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };

/** A port that stands for that of the emulator. */
const OWN = "PORT";

const ownHost = { host: `127.0.0.1:${OWN}` };
const ownOrigin = { origin: `http://127.0.0.1:${OWN}` };

const rows: readonly (readonly [title: string, status: number, method: string, OutgoingHttpHeaders])[] = [
  ["a person who types its address", 200, "GET", { ...link, "sec-fetch-site": "none" }],
  ["a link of another site", 200, "GET", { ...link, "sec-fetch-site": "cross-site" }],
  ["a frame of another site", 403, "GET", { ...link, "sec-fetch-site": "cross-site", "sec-fetch-dest": "iframe" }],
  ["an image of another site", 403, "GET", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }],
  ["a script of another port", 403, "GET", { "sec-fetch-site": "same-site", origin: "http://127.0.0.1:3000" }],
  ["a name that resolves to 127.0.0.1", 403, "GET", { host: `rebound.example:${OWN}` }],
  ["a client that is no browser", 200, "GET", {}],
  ["HEAD", 200, "HEAD", {}],
  ["PUT", 405, "PUT", {}],
  ["DELETE", 405, "DELETE", {}],
  ["OPTIONS", 405, "OPTIONS", {}],
  ["a form of its own page", 303, "POST", { ...ownHost, ...ownOrigin, "sec-fetch-site": "same-origin" }],
  ["a form of its page at localhost", 303, "POST", { host: `localhost:${OWN}`, origin: `http://localhost:${OWN}` }],
  ["a form of its page under another name", 403, "POST", { host: `localhost:${OWN}`, ...ownOrigin }],
  ["a form of another site", 403, "POST", { ...ownHost, origin: "https://rebound.example" }],
  ["a form of another site, as a link", 403, "POST", { ...ownHost, ...link, "sec-fetch-site": "cross-site" }],
  [
    "a form of a name that resolves to 127.0.0.1",
    403,
    "POST",
    { host: "rebound.example", origin: "http://rebound.example" },
  ],
  ["a form of another port", 403, "POST", { ...ownHost, origin: "http://127.0.0.1:3000" }],
  ["a form of a sandboxed page", 403, "POST", { ...ownHost, origin: "null" }],
  ["a form without an origin", 403, "POST", ownHost],
];

describe("emulator: security of the page", () => {
  afterEach(closeAll);

  for (const [name, shown] of hostile) {
    it(`shows the name ${JSON.stringify(name.slice(0, 40))} as text`, async () => {
      const emulator = await start();
      const console = emulator.console(bluebird.orgUuid);
      console.addGroup({ name: "Staff" });
      const expected = elementsOf(await pageOf(emulator));
      for (const { uuid } of console.groups()) console.setGroup(uuid, { name, description: name });
      const page = await pageOf(emulator);
      assert.deepEqual(elementsOf(page), expected);
      assert.ok(textOf(page).includes(`${shown} ${shown} `.replace(/\s+/g, " ")), textOf(page));
    });
  }

  it("shows a hostile new name as text, and a long path of a call", async () => {
    const emulator = await start();
    emulator.console(bluebird.orgUuid).addGroup({ name: "Staff" });
    assert.equal((await carryOut(emulator, 'Rename group "Staff"', "<b>\u202e")).status, 303);
    await sendExactly(emulator, { path: `/<i>${"p".repeat(5000)}`, headers: {} });
    const page = await pageOf(emulator);
    assert.match(textOf(page), /group "Staff" renamed to "<b>\\u\{202e\}"/);
    assert.match(textOf(page), /\/<i>p+… \(5004 characters\)/);
    assert.doesNotMatch(page, /<[bi]>/);
  });

  for (const [title, status, method, headers] of rows) {
    it(`answers ${status} to ${title}`, async () => {
      const emulator = await start();
      emulator.console(bluebird.orgUuid).addGroup({ name: "Staff" });
      const deletion = /name="action" value="(\w+)"><button>Delete<span class="hidden"> group/;
      const form = deletion.exec(await pageOf(emulator))?.[1] ?? assert.fail();
      const own = JSON.parse(JSON.stringify(headers).replaceAll(OWN, `${emulator.port}`));
      const body = method === "POST" ? `action=${form}` : "";
      const answer = await sendExactly(emulator, { method, path: "/", headers: own, body });
      assert.equal(answer.status, status);
      assert.equal(emulator.isEmpty(), status === 303);
      assert.deepEqual(emulator.requests(), []);
      if (status === 405) assert.equal(answer.headers.allow, "GET, HEAD, POST");
      if (method === "HEAD") assert.equal(answer.text, "");
    });
  }

  it("names the header that a form without an origin lacks", async () => {
    const emulator = await start();
    const answer = await sendExactly(emulator, { method: "POST", path: "/", headers: {}, body: "action=x" });
    assert.match(textOf(answer.text), /Let the browser send the header Origin, which this request lacks/);
  });

  it("may load nothing, be in no frame, and be kept by no cache", async () => {
    const { url } = await start();
    const { headers } = await fetch(url);
    const policy = headers.get("content-security-policy") ?? "";
    for (const rule of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"]) {
      assert.ok(policy.split("; ").includes(rule), policy);
    }
    assert.doesNotMatch(policy, /unsafe|\*|https?:/);
    assert.equal(headers.get("cache-control"), "no-store");
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("access-control-allow-origin"), null);
  });

  it("refuses a form of more than 10 MiB, and a name of more than 255 characters", async () => {
    const emulator = await start();
    const console = emulator.console(bluebird.orgUuid);
    console.addGroup({ name: "Staff" });
    const form = formNamed(await pageOf(emulator), 'Rename group "Staff"');
    assert.equal((await form.send(emulator, "n".repeat(11_000_000))).status, 413);
    const refused = await form.send(emulator, "ü".repeat(256));
    assert.deepEqual([refused.status, console.groups()[0]?.name], [400, "Staff"]);
    assert.match(textOf(refused.text), /Give a name of at most 255 characters\./);
    assert.equal((await form.send(emulator, "ü".repeat(255))).status, 303);
    assert.equal(console.groups()[0]?.name.length, 255);
  });

  it("does nothing for an action that it does not offer", async () => {
    const emulator = await start({ seed: "livedIn" });
    const before = emulator.remains();
    for (const action of ["", "delete", "__proto__", "0".repeat(64)]) {
      assert.equal((await sendForm(emulator, new URLSearchParams({ action }))).status, 409);
    }
    assert.equal((await sendForm(emulator, new URLSearchParams())).status, 409);
    assert.deepEqual(emulator.remains(), before);
  });
});

/** The elements of a page with the names of their attributes. */
function elementsOf(page: string): string[] {
  return [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, ""));
}
