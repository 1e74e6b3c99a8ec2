import assert from "node:assert/strict";
import { faultIn, firstNames, messageIn, warningsOf } from "../../../../provider/rhombus/api/answers";
import { parsed } from "../../../../provider/rhombus/json/parsed";

const asIs = (text: string) => text;

describe("words in a body", () => {
  for (const [body, words] of [
    ['{"msg":"JSON doesn\'t match expected object structure"}', "JSON doesn't match expected object structure"],
    ['{"status":403,"error":"Forbidden","msg":"Access Denied"}', "Access Denied"],
    ['{"error":true,"errorMsg":"No such door"}', "No such door"],
    ['{"message":"Upstream unavailable"}', "Upstream unavailable"],
    ['{"msg":"  "}', undefined],
    ['["a"]', undefined],
    ["Too many api requests. Enhance your calm.", "Too many api requests. Enhance your calm."],
    ["<html><head><TITLE>\n502 Bad Gateway </TITLE></head><body>secret stuff</body></html>", "502 Bad Gateway"],
    ["", undefined],
    ["line\r\nbreaks\u001b[0m", "line breaks [0m"],
  ] as const) {
    it(`of ${JSON.stringify(body)} are ${words}`, () => assert.equal(messageIn(body, asIs), words));
  }

  it("are at most 200 characters, cut after redaction", () => {
    const words = messageIn(`${"x".repeat(190)} hunter2hunter2 ${"y".repeat(90)}`, (text) =>
      text.replaceAll("hunter2hunter2", "[secret]"),
    );
    assert.equal(words?.length, 200);
    assert.doesNotMatch(words ?? "", /hunter/);
  });
});

describe("JSON of an answer", () => {
  it("may have the key __proto__", () => {
    const answer = parsed('{"doorInfoMap":{"__proto__":{"polluted":true}}}')?.value;
    assert.equal(Reflect.get({}, "polluted"), undefined);
    assert.equal(JSON.stringify(answer), '{"doorInfoMap":{"__proto__":{"polluted":true}}}');
  });
});

describe("fault in an answer with status 200", () => {
  for (const [answer, kind] of [
    [{}, undefined],
    [{ error: null, authError: null }, undefined],
    [{ error: false, authError: false, errorMsg: "all is well" }, undefined],
    [{ error: true }, "domain"],
    [{ error: "Forbidden" }, "domain"],
    [{ authError: true }, "vendorKey"],
    [{ error: true, authError: true }, "vendorKey"],
  ] as const) {
    it(`is ${kind} in ${JSON.stringify(answer)}`, () => assert.equal(faultIn(answer), kind));
  }
});

describe("warnings of a call that succeeded", () => {
  for (const [answer, caveat] of [
    [{ warningMsg: "slow\ntoday" }, "updateX: Rhombus warns: slow today."],
    [{ errorMsg: "half done" }, "updateX: Rhombus reports a problem but returned no error: half done."],
    [{ failedGuids: ["g1", null, "g2"] }, "updateX: Rhombus accepted the call but could not update g1, g2."],
    [
      { misconfiguredDoors: ["Lobby", "Dock"] },
      "updateX: these doors are assigned to cameras of more than one location: Lobby, Dock. Give each door cameras of one location.",
    ],
  ] as const) {
    it(`are sentences: ${caveat}`, () => assert.deepEqual(warningsOf("updateX", answer, true), [caveat]));
  }

  it("are empty for an answer without any", () => {
    const answer = { warningMsg: null, failedGuids: [], misconfiguredDoors: [null], errorMsg: "" };
    assert.deepEqual(warningsOf("updateX", answer, true), []);
  });

  it("exclude the message of a read, which may mean that nothing is configured", () => {
    assert.deepEqual(warningsOf("getX", { errorMsg: "not configured" }, false), []);
  });

  it("name ten things at most", () => {
    const names = Array.from({ length: 13 }, (_, index) => `d${index}`);
    assert.equal(firstNames(names), "d0, d1, d2, d3, d4, d5, d6, d7, d8, d9 and 3 more");
  });
});
