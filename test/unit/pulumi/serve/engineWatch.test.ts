import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type Http2Server, type ServerHttp2Session } from "node:http2";
import sinon from "sinon";
import { endWithEngine } from "../../../../provider/pulumi/serve/engineWatch";
import { createProviders } from "../../../../provider/session";

describe("A provider whose engine ends", () => {
  let engine: Http2Server;
  const connections: ServerHttp2Session[] = [];
  beforeEach(async () => {
    engine = createServer().listen(0, "127.0.0.1");
    engine.on("session", (session) => connections.push(session));
    await once(engine, "listening");
  });
  afterEach(() => {
    dies();
    sinon.restore();
  });

  const dies = () => {
    engine.close();
    for (const session of connections.splice(0)) session.destroy();
  };

  const addressOf = () => {
    const address = engine.address();
    assert.ok(typeof address === "object" && address !== null);
    return `127.0.0.1:${address.port}`;
  };
  const nextConnection = async (): Promise<ServerHttp2Session> => {
    const [session] = await once(engine, "session");
    return session;
  };
  /** The provider has to have seen that somebody answers: it acknowledges the settings that it has got. */
  const introduced = (session: ServerHttp2Session) => once(session, "localSettings");

  it("ends with it", async () => {
    const ended = new Promise<void>((resolve) => endWithEngine(addressOf(), resolve));
    await introduced(await nextConnection());
    dies();
    await ended;
  });

  it("ends its process, whose first argument is the engine's address, as soon as a resource type is configured", async () => {
    sinon.stub(process, "argv").value(["node", "provider", addressOf()]);
    const ended = new Promise<void>((resolve) => sinon.stub(process, "exit").value(resolve));
    const config = { get: () => undefined, require: () => "" };
    await createProviders({ env: {} }).KisiIntegration.configure({ config });
    await introduced(await nextConnection());
    dies();
    await ended;
  });

  it("goes on when only the connection between them breaks", async () => {
    let hasEnded = false;
    endWithEngine(addressOf(), () => {
      hasEnded = true;
    });
    const introducedFirst = await nextConnection();
    await introduced(introducedFirst);
    introducedFirst.destroy();
    const [stranger] = await once(engine, "connection");
    stranger.resetAndDestroy();
    await introduced(await nextConnection());
    assert.equal(hasEnded, false);
  });

  it("watches it once, however many resource types are configured", async () => {
    const address = addressOf();
    const ended = new Promise<void>((resolve) => endWithEngine(address, resolve));
    endWithEngine(address, () => assert.fail("watched twice"));
    await introduced(await nextConnection());
    assert.equal(connections.length, 1);
    dies();
    await ended;
  });

  it("takes nothing but an address of this machine for an engine's", () => {
    for (const argument of [undefined, "", "--grep", "test/a.test.ts", "rhombus.example:443", "10.0.0.1:80"]) {
      endWithEngine(argument, () => assert.fail(argument));
    }
  });
});
