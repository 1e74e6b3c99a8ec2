import assert from "node:assert/strict";
import https from "node:https";
import { campusSeed, type EmulatorTls } from "../../../provider/emulator";
import { Authority, type Certified } from "../../certificates";
import { asAcme, asPartner, type CallHeaders, closeAll, paths, start } from "./caller";

const { bluebird } = campusSeed;

/** A call over TLS that trusts one authority and may have a client certificate. */
function statusOf(
  url: string,
  headers: CallHeaders,
  tls: { ca: string; client?: Certified },
  path = paths.get("getOrgV2") ?? "",
): Promise<number> {
  const { ca, client } = tls;
  const agent = new https.Agent({ ca, ...(client && { cert: client.certificate, key: client.key }) });
  return new Promise((resolve, reject) => {
    const request = https.request(url + path, { method: "POST", headers, agent }, (response) => {
      response.resume().on("end", () => resolve(response.statusCode ?? 0));
    });
    request.on("error", reject).end("{}");
  });
}

describe("emulator: TLS", function () {
  this.timeout(30_000);
  const withCertificate = { ...asAcme, "x-auth-scheme": "api" };
  const partnerWithCertificate = { ...asPartner, "x-auth-scheme": "partner-api", "x-auth-org": bluebird.orgUuid };
  let authority: Authority;
  let other: Authority;
  let tls: EmulatorTls;
  before("makes certificates", () => {
    authority = new Authority();
    other = new Authority("Another authority");
    tls = authority.issue();
  });
  afterEach(closeAll);

  it("serves HTTPS at an https URL to clients that trust its authority", async () => {
    const { url } = await start({ tls });
    assert.match(url, /^https:\/\/127\.0\.0\.1:\d+$/);
    assert.equal(await statusOf(url, asAcme, { ca: authority.certificate }), 200);
    await assert.rejects(statusOf(url, asAcme, { ca: other.certificate }), { code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" });
  });

  it("refuses the schemes of client certificates without an authority for clients", async () => {
    const { url } = await start({ tls });
    const client = authority.issue({ name: "acme" });
    assert.equal(await statusOf(url, withCertificate, { ca: authority.certificate, client }), 403);
  });

  it("takes the forms of its page, which have an https origin", async () => {
    const { url } = await start({ tls: { ...tls, clientAuthority: authority.certificate } });
    const sent = (origin: string) => statusOf(url, { origin }, { ca: authority.certificate }, "/");
    // 409: the form names no action.
    assert.deepEqual([await sent(url), await sent(url.replace("https", "http"))], [409, 403]);
  });

  const rows: readonly (readonly [title: string, CallHeaders, () => Certified | undefined, status: number])[] = [
    ["its certificate", withCertificate, () => authority.issue({ name: "acme" }), 200],
    ["a negative serial number", withCertificate, () => authority.issue({ serialNumber: "8001" }), 200],
    ["its certificate, as a partner", partnerWithCertificate, () => authority.issue(), 200],
    ["no certificate", withCertificate, () => undefined, 403],
    ["no certificate, as a partner", partnerWithCertificate, () => undefined, 403],
    ["a certificate of another authority", withCertificate, () => other.issue(), 403],
    ["an expired certificate", withCertificate, () => authority.issue({ toDays: -0.5 }), 403],
    ["a scheme that needs no certificate", asAcme, () => authority.issue(), 403],
    ["no key", { "x-auth-scheme": "api" }, () => authority.issue(), 401],
    ["a partner's scheme", { ...asAcme, "x-auth-scheme": "partner-api" }, () => authority.issue(), 403],
  ];
  for (const [title, headers, issued, status] of rows) {
    it(`answers ${status} under an authority for clients to a client with ${title}`, async () => {
      const { url } = await start({ tls: { ...tls, clientAuthority: authority.certificate } });
      const client = issued();
      assert.equal(await statusOf(url, headers, { ca: authority.certificate, ...(client && { client }) }), status);
    });
  }
});
