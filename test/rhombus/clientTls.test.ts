import assert from "node:assert/strict";
import http from "node:http";
import https from "node:https";
import { clientFor, failureOf } from "./loopback";

// Made for this test; signed by itself, for 127.0.0.1 and localhost, until 2126.
const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgw4ElZKV/mXIfl1EC
+csvEWHPslLjv8apylBZnoSDzcChRANCAAQXdFogr8gNFqC5N+J2zJjo8yoolwBd
yYUXiSTyVCr5UAO4xPg1jZBLRJe8aRn7vGefG+gUPlURrbotqry/CwDe
-----END PRIVATE KEY-----`;
const cert = `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUQNufX0sV1++rzaxiuKo7lcNIqTwwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMjAzMjkyNVoYDzIxMjYxMDI5
MDMyOTI1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQXdFogr8gNFqC5N+J2zJjo8yoolwBdyYUXiSTyVCr5UAO4xPg1jZBL
RJe8aRn7vGefG+gUPlURrbotqry/CwDeo28wbTAdBgNVHQ4EFgQUpeWBarzuRa3K
yjXWAWKq4hEIRoAwHwYDVR0jBBgwFoAUpeWBarzuRa3KyjXWAWKq4hEIRoAwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARhwR/AAABgglsb2NhbGhvc3QwCgYIKoZI
zj0EAwIDRwAwRAIgDp9YmychQX7vaYLpEG1azjnb6HB5WvsYzF106Y59VbMCIE23
N/Ab34PgO+m58silNzjbbK9H9dL5xvQ111KT8665
-----END CERTIFICATE-----`;

describe("client over TLS", () => {
  let server: https.Server;
  let url = "";
  let requests = 0;
  beforeEach(async () => {
    requests = 0;
    server = https.createServer({ key, cert }, (_request, response) => {
      requests += 1;
      response.end("{}");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    assert.ok(typeof address === "object" && address !== null);
    url = `https://127.0.0.1:${address.port}`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  it("does not talk to a server whose certificate is not trusted, even when the environment says to", async () => {
    const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED;
    process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
    try {
      const error = await failureOf(clientFor(url).client.call("createAccessControlGroup", { name: "Staff" }));
      assert.deepEqual([error.kind, error.outcome], ["network", "refused"]);
      assert.match(
        error.message,
        /no connection to 127\.0\.0\.1:\d+ \(DEPTH_ZERO_SELF_SIGNED_CERT\).*NODE_EXTRA_CA_CERTS/,
      );
      assert.equal(requests, 0);
    } finally {
      if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
      else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before;
    }
  });

  it("knows that nothing was sent when the server speaks plain HTTP", async () => {
    const plain = http.createServer();
    await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
    const address = plain.address();
    assert.ok(typeof address === "object" && address !== null);
    const call = clientFor(`https://127.0.0.1:${address.port}`).client.call("createAccessControlGroup", { name: "x" });
    const error = await failureOf(call);
    plain.close();
    assert.deepEqual([error.kind, error.outcome], ["network", "refused"]);
  });
});
