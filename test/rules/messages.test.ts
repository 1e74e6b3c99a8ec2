import assert from "node:assert/strict";
import ts from "typescript";
import {
  refuseOther,
  refuseOtherSettings,
  refuseUnknownAbsence,
} from "../../provider/core/ownership/organizationGuard";
import { messages } from "../../provider/core/resource/messages";
import { messageOf } from "../../provider/core/schema/values";
import { RhombusClient } from "../../provider/rhombus/api/client";
import { Evidence } from "../../provider/rhombus/api/evidence";
import { explainFailure } from "../../provider/rhombus/api/explain";
import { operations } from "../../provider/rhombus/api/operations";
import type { CallContext } from "../../provider/rhombus/api/remedies";
import { RhombusError } from "../../provider/rhombus/errors/rhombusError";
import type { Failure, TunnelFault } from "../../provider/rhombus/http/failures";
import { Redactor } from "../../provider/rhombus/redaction/redactor";
import { resolveSettings } from "../../provider/rhombus/settings/settings";
import { SettingsError } from "../../provider/rhombus/settings/settingsError";
import { selfSigned } from "../certificates";
import { filesIn, textOf } from "./sources";

/** The first words of advice, in the texts that are shown to users. */
const ADVICE =
  /^(?:Check|Choose|Declare|Get|Have|If the API has moved, set|Look for|Remove|Rename|Run|Set|To take over|Try|Use|Write)\b/;

/** The beginning of a sentence with a small letter. Names of operations and settings begin with one. */
const UNCAPITALIZED = /[.!?]"? (?![a-z]+[A-Z]|rhombus:)[a-z]/;

/** The greatest length of a message without the words of Rhombus. */
const MAX_LENGTH = 400;

const operation = "createAccessControlGroup";
const lost = new RhombusError(
  {
    operation,
    kind: "network",
    outcome: "unknown",
    what: "the connection to api2.rhombussystems.com broke (ECONNRESET)",
  },
  String,
);
const label = 'the OnGuard integration "Headquarters"';
const paths = [["doorInfoMap", "1:4", "doorName"], ["userUuids"]];
const consequence = "Deleting it could give access back to those whom the revocation keeps out.";
const found = ["3d813cbb-47fb-5b6a-9d4e-2a1d0c9f7b11", "75a955e9-0223-50f6-bee8-ee49228bba76"].map((id) => {
  return { id, values: {}, outputs: {}, orgUuid: undefined, raw: undefined };
});

/** The longest arguments that are usual, for each message. */
const usual: { readonly [Name in keyof typeof messages]: Parameters<(typeof messages)[Name]> } = {
  exists: [label, { displayName: "HQ" }],
  severalExist: [label, found],
  replacedUnderSameKey: [label],
  takenKey: [label],
  takenByReplacement: [label],
  notAdoptable: [label],
  notTakenOver: [label, "The id is the group's uuid: getAccessControlGroup finds it by name."],
  gone: [label],
  remains: [label],
  inUse: [label, [{ label: 'the access grant "Gates" (AAAAAAAAAAAAAAAAAAAAAA)', consequence }]],
  replacedInUse: [label, [{ label: 'the access grant "Gates" (AAAAAAAAAAAAAAAAAAAAAA)', consequence }]],
  unknownUses: [
    label,
    "Run the same command again, unless it has said this before: findLocationAccessGrantsByOrg failed: 403 Forbidden",
  ],
  conflict: [label, paths],
  unknownReplacement: [label, "locationUuid"],
  needlessReplacement: [label, ["locationUuid"]],
  unknownOutcome: [label, lost, lost, 0],
  lateCreation: [label, lost, { isRepeated: true }],
  existsAfterRefusal: [label, lost],
  answeredWithManagedObject: [label, "3d813cbb-47fb-5b6a-9d4e-2a1d0c9f7b11"],
  answeredWithExisting: [label, "3d813cbb-47fb-5b6a-9d4e-2a1d0c9f7b11"],
  notShownYet: [label],
  notCreated: [label],
  createdMeanwhile: [label, { kind: "lost", error: lost, mayBeCarriedOutLate: false }],
  changedMeanwhile: [label, paths, { kind: "lost", error: lost, mayBeCarriedOutLate: false }],
};

const tunnelFaults: { readonly [Kind in TunnelFault["kind"]]: readonly TunnelFault[] } = {
  malformed: [{ kind: "malformed" }],
  unsupported: [{ kind: "unsupported" }],
  noAnswer: [{ kind: "noAnswer" }],
  status: [302, 403, 407, 502].map((status) => ({ kind: "status", status })),
  broken: ["ECONNRESET", "HPE_INVALID_CONSTANT", "SELF_SIGNED_CERT_IN_CHAIN"].map((code) => ({ kind: "broken", code })),
};

const connectionCodes = ["ECONNREFUSED", "ENOTFOUND", "CERT_HAS_EXPIRED", "EPROTO"];
const statuses = [201, 302, 400, 401, 403, 404, 405, 407, 408, 409, 429, 500, 503, 504];

const failures: { readonly [Kind in Failure["kind"]]: readonly Failure[] } = {
  status: [
    ...statuses.map((status): Failure => ({ kind: "status", status, body: "" })),
    { kind: "status", status: 302, location: "https://login.example/", body: "" },
  ],
  unreachable: [...connectionCodes, "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED"].map((code) => {
    return { kind: "unreachable", code, permanent: true };
  }),
  noTunnel: Object.values(tunnelFaults).flatMap((faults) =>
    faults.map((fault): Failure => ({ kind: "noTunnel", fault, permanent: true })),
  ),
  broken: [{ kind: "broken", code: "ECONNRESET" }],
  stale: [{ kind: "stale", waitedMs: 12_000 }],
  timeout: [{ kind: "timeout" }],
  tooLarge: [{ kind: "tooLarge" }],
  unreadable: [{ kind: "unreadable" }],
  notUtf8: [{ kind: "notUtf8" }],
};

const organization = "Y1vE5bXrQvqmgMIFBqNtEA";

/** Settings that change the advice. */
const configs: readonly Readonly<Record<string, string>>[] = [
  {},
  { region: "eu" },
  { endpoint: "https://rhombus-gateway.internal.example" },
  { partner: "true" },
  { partner: "true", orgUuid: organization },
  { clientCertificate: selfSigned.certificate, clientKey: selfSigned.key },
];

const settings = configs.map((config) => {
  const values: Readonly<Record<string, string>> = { apiKey: "keyKeyKeyKeyKeyKeyKey1", ...config };
  return resolveSettings({ config: (name) => values[name.replace("rhombus:", "")], env: {} });
});

const proxy: NonNullable<CallContext["proxy"]> = {
  address: "http://proxy.internal.example:3128",
  variable: "HTTPS_PROXY",
};

/** The messages of every failure of a call, under all settings, with and without a proxy. */
function callMessages(): string[] {
  const names = Object.values(operations).some(({ level }) => level === "partner")
    ? ([operation, "getClientsV2"] as const)
    : assert.fail("no operation of partners");
  return names.flatMap((name) =>
    settings.flatMap((each) =>
      [proxy, undefined].flatMap((through) =>
        Object.values(failures).flatMap((list) =>
          list.map((failure) => {
            const context = {
              operation: name,
              settings: each,
              isOutcomeUnknown: false,
              redact: String,
              proxy: through,
            };
            return explainFailure(failure, context).message;
          }),
        ),
      ),
    ),
  );
}

/** The messages about a key or settings of another organization, under all settings. */
function organizationMessages(): string[] {
  const other = "lWrTLMVzRGGwhoCA6GIcvg";
  const bound = { prior: { orgUuid: organization }, label };
  return settings.flatMap((each) => {
    const { organizationRemedy } = new RhombusClient(each, { warn: () => {}, log: () => {} }, new Redactor());
    const api = { expectedOrganization: undefined, organizationRemedy };
    return [
      () => refuseOther(api, bound, other, "the key belongs to"),
      () => refuseOther({ ...api, expectedOrganization: organization }, { prior: {}, label }, other),
      () => refuseOtherSettings({ ...api, expectedOrganization: other }, bound),
      () => refuseUnknownAbsence({ organization: undefined, label, api }),
    ].map(messageThrownBy);
  });
}

function messageThrownBy(run: () => void): string {
  try {
    run();
  } catch (error) {
    return messageOf(error);
  }
  return assert.fail("nothing was thrown");
}

/** The messages of answers that may be incomplete. */
async function silentMessages(): Promise<string[]> {
  const evidence = new Evidence(String);
  const read = async () => ({ orgIntegrationV2: null });
  const reason = 'getOrgIntegrationsV2 may be incomplete: an item of "orgIntegrationsV2" is null or has no id';
  const searches = [true, false].map((isShown) => async () => ({ reason, isShown }));
  const listed = await Promise.all(searches.map((search) => evidence.settingsOf("getGeneaIntegration", read, search)));
  const lists = [evidence.list("findAccessControlGroupsByOrg", {}, {}), evidence.list("getUsersInOrg", {}, {})];
  return [...listed, ...lists].map(({ silentError }) => silentError?.message ?? assert.fail("not silent"));
}

/** The texts in the code of a file that are written in one expression, with a mark for each inserted value. */
function textsIn(file: string): string[] {
  const texts: string[] = [];
  const source = ts.createSourceFile(file, textOf(file), ts.ScriptTarget.ES2022, true);
  const textIn = (node: ts.Node): string => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isTemplateExpression(node))
      return node.head.text + node.templateSpans.map((span) => `…${span.literal.text}`).join("");
    if (ts.isParenthesizedExpression(node)) return textIn(node.expression);
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken)
      return textIn(node.left) + textIn(node.right);
    return "…";
  };
  const visit = (node: ts.Node): void => {
    const text = textIn(node);
    if (text !== "…") texts.push(text);
    else ts.forEachChild(node, visit);
  };
  visit(source);
  return texts;
}

function assertAdvice(all: readonly string[]): void {
  const distinct = [...new Set(all)];
  assert.deepEqual(
    distinct.filter((message) => message.length > MAX_LENGTH),
    [],
    `longer than ${MAX_LENGTH} characters`,
  );
  assert.deepEqual(
    distinct.filter((message) => !ADVICE.test(message)),
    [],
    "the advice does not lead",
  );
  assert.deepEqual(
    distinct.filter((message) => UNCAPITALIZED.test(message)),
    [],
    "a sentence begins with a small letter",
  );
}

describe("the messages to users", () => {
  it("of an operation begin with advice and are short", () => {
    const all = Object.keys(messages).map((name) =>
      String(Reflect.apply(Reflect.get(messages, name), messages, Reflect.get(usual, name))),
    );
    assertAdvice(all);
  });

  it("of a wrong organization begin with advice and are short", () => {
    assertAdvice(organizationMessages());
  });

  it("of a failed call begin with advice and are short, under all settings", () => {
    assertAdvice(callMessages());
  });

  it("of an answer that may be incomplete begin with advice and are short", async () => {
    assertAdvice(await silentMessages());
  });

  it("of a missing key name the command that sets it in their first 100 characters", () => {
    assert.throws(
      () => resolveSettings({ config: () => undefined, env: {}, home: "/home/somebody" }),
      (error) => {
        assert.ok(error instanceof SettingsError);
        assert.ok(error.message.length < 250, error.message);
        assert.match(error.message.slice(0, 100), /`pulumi config set --secret rhombus:apiKey`/);
        return true;
      },
    );
  });

  it("are texts of at most 330 characters each in the code", () => {
    const files = filesIn("provider").filter(
      (file) => file.endsWith(".ts") && !/^provider\/(?:cli|emulator)\//.test(file),
    );
    const long = files.flatMap((file) =>
      textsIn(file)
        .map((text) => `${file}: ${text.length}: ${text}`)
        .filter((each) => each.length > 330 + file.length),
    );
    assert.deepEqual(long, []);
  });
});
