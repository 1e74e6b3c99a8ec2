import assert from "node:assert/strict";
import { campusSeed, type Fault, type FaultTarget } from "../../provider/emulator";
import { begin, endAll, type Stack } from "../resources/stack";
import { full, type Sample, samples } from "./samples";
import { secretsOf } from "./secretValues";

/** What may go wrong. Where the vendor speaks, it says every secret there is. */
const faults: Readonly<Record<string, (secrets: readonly string[]) => Fault>> = {
  "a bare 403": () => ({ kind: "status", status: 403 }),
  "a 403 that quotes secrets": (secrets) => ({ kind: "status", status: 403, body: { msg: quoting(secrets) } }),
  "a 500 that quotes secrets": (secrets) => ({ kind: "status", status: 500, body: quoting(secrets) }),
  "a lost answer": () => ({ kind: "reset", when: "after" }),
  "an error with status 200 that quotes secrets": (secrets) => ({ kind: "errorEnvelope", errorMsg: quoting(secrets) }),
  "a warning that quotes secrets": (secrets) => ({
    kind: "errorEnvelope",
    error: false,
    errorMsg: null,
    warningMsg: quoting(secrets),
    failedGuids: [...secrets],
    when: "after",
  }),
  "a refused vendor key": (secrets) => ({ kind: "errorEnvelope", errorMsg: quoting(secrets), authError: true }),
  "an answer that is no JSON": (secrets) => ({ kind: "status", status: 200, body: quoting(secrets) }),
};

function quoting(secrets: readonly string[]): string {
  return `refused: ${secrets.map((secret) => `"${secret}"`).join(", ")}`;
}

/** The operations of a life, each with what has to happen before. */
const phases: readonly { readonly before: readonly Step[]; readonly step: Step }[] = [
  { before: [], step: (stack, sample) => stack.up({ it: { type: sample.type, inputs: full(sample) } }) },
  { before: [create], step: (stack) => stack.refresh() },
  { before: [create], step: (stack, sample) => stack.up({ it: { type: sample.type, inputs: full(sample, 1) } }) },
  { before: [create], step: (stack) => stack.destroy() },
];

type Step = (stack: Stack, sample: Sample) => Promise<unknown>;

function create(stack: Stack, sample: Sample): Promise<unknown> {
  return stack.up({ it: { type: sample.type, inputs: full(sample) } });
}

describe("contract: no message holds a secret", () => {
  afterEach(endAll);

  for (const [name, sample] of Object.entries(samples)) {
    for (const [what, fault] of Object.entries(faults)) {
      it(`of ${name}: ${what}, in every call of its life`, () => staysSilent(sample, fault));
    }
  }

  it("of any of them: a timeout, in every call of their lives", async () => {
    await Promise.all(Object.values(samples).map((sample) => staysSilent(sample, () => ({ kind: "timeout" }))));
  }).timeout(30_000);

  it("is tested with messages that are there", async () => {
    const [sample] = Object.values(samples);
    const [fault] = Object.values(faults);
    assert.ok(sample && fault);
    assert.match(await said(sample, 0, "createAccessControlGroup", fault), /createAccessControlGroup failed: 403/);
  });
});

async function staysSilent(sample: Sample, fault: (secrets: readonly string[]) => Fault): Promise<void> {
  const scenarios = await Promise.all(phases.map((_, phase) => operationsOf(sample, phase)));
  await Promise.all(
    scenarios.flatMap((operations, phase) => operations.map((operation) => said(sample, phase, operation, fault))),
  );
}

/** The operations that a phase calls when nothing goes wrong. */
async function operationsOf(sample: Sample, index: number): Promise<FaultTarget[]> {
  const { emulator, stack } = await begin();
  const phase = phases[index] ?? assert.fail("no such phase");
  for (const step of phase.before) await step(stack, sample);
  emulator.clearRequests();
  await phase.step(stack, sample);
  return [...new Set(emulator.requests().flatMap(({ operation }) => operation ?? []))];
}

/** What the user is told when one operation fails in a phase; fails the test when that holds a secret. */
async function said(
  sample: Sample,
  index: number,
  operation: FaultTarget,
  fault: (secrets: readonly string[]) => Fault,
): Promise<string> {
  const { emulator, stack } = await begin();
  const phase = phases[index] ?? assert.fail("no such phase");
  for (const step of phase.before) await step(stack, sample);
  const { apiKey } = campusSeed.acme;
  const secrets = [
    apiKey,
    ...secretsOf(sample.type, stack.has("it") ? stack.stored("it").outputs : full(sample)).values,
  ];
  emulator.fail({ operation, with: fault(secrets), times: 2 });
  const failure = await phase.step(stack, sample).then(
    () => "",
    (error: unknown) => `${error}`,
  );
  const told = [failure, ...stack.lines].join("\n");
  const later = stack.has("it") ? secretsOf(sample.type, stack.stored("it").outputs).values : [];
  for (const secret of [...secrets, ...later]) {
    assert.ok(!told.includes(secret), `${operation}: ${told.replaceAll(secret, "<<LEAKED>>")}`);
  }
  return told;
}
