import { contestants } from "./implementations";
import { mapsTable } from "./maps/measureMaps";
import { type Results, ratio, samplesOf, summaryOf } from "./results";
import { againstBound, bucket } from "./scenarios/rateLimited";
import { steps } from "./scenarios/sizes";
import { type Summary, spread } from "./statistics";
import { decisive, type Judgement } from "./targets";

/** Where results come from. */
export interface Origin {
  /** The command that measured. */
  readonly command: string;
  /** What it was measured with: names and values. */
  readonly surroundings: Readonly<Record<string, string>>;
}

/**
 * All that was measured, as a page.
 * @param results All results.
 * @param judgements What became of the targets.
 * @param origin Where they come from.
 */
export function page(results: Results, judgements: readonly Judgement[], { command, surroundings }: Origin): string {
  const sections = [
    `# Results\n\nWritten by \`${command}\`. What is measured, and how, stands in [README.md](README.md).`,
    table(["", ""], Object.entries(surroundings)),
    `## Seconds\n\nMedian, and least to most. The ratios are medians of what each repetition shows.\n\n${timesTable(results, "seconds")}`,
    `## CPU seconds\n\nOf the CLI, the program and the provider together; they tell more than the clock does where other work runs beside.\n\n${timesTable(results, "cpuSeconds")}`,
    `## State and calls\n\nThe size of the state after \`up\`, and the calls of the API at each step.\n\n${countsTable(results)}`,
    `## Under a rate limit\n\nEach call takes 50 ms; the bucket holds ${bucket.burst} calls, and ${bucket.ratePerSecond} flow back in a second. Each group has three members.\n\n${limitedTable(results)}`,
    `## Large maps\n\nMilliseconds, median (and 99 of 100).\n\n${mapsTable(results.maps)}`,
    `## Beginning\n\n${beginningTable(results)}`,
    `## Targets\n\n${targetsTable(judgements)}`,
    totals(judgements),
  ];
  return `${sections.join("\n\n")}\n`;
}

/**
 * The last line: how many targets were met, and how many missed.
 * @param judgements What became of the targets.
 */
export function totals(judgements: readonly Judgement[]): string {
  const met = judgements.filter(({ isMet }) => isMet).length;
  return `${met} met, ${judgements.length - met} missed`;
}

function timesTable(results: Results, time: "seconds" | "cpuSeconds"): string {
  const rows = eachStep(results).map(([groups, step]) => {
    const seconds = contestants.map((contestant) => {
      const measured = summaryOf(samplesOf(results, contestant, groups, step).map((each) => each[time]));
      return measured === undefined ? "" : withRange(measured);
    });
    const ratios = (["floor", "naive"] as const).map((other) =>
      number(ratio(results, other, groups, step, time)?.median),
    );
    return [String(groups), step, ...seconds, ...ratios];
  });
  return table(["groups", "step", ...contestants, "ours / floor", "ours / naive"], rows);
}

function countsTable(results: Results): string {
  const rows = eachStep(results).map(([groups, step]) => {
    const cells = contestants.flatMap((contestant) => {
      const samples = samplesOf(results, contestant, groups, step);
      const bytes = step === "up" ? summaryOf(samples.map(({ stateBytes }) => stateBytes / groups)) : undefined;
      const calls = summaryOf(samples.map(({ calls: { total } }) => total));
      const memory = summaryOf(samples.map(({ providerBytes }) => providerBytes));
      return [bytes, calls, memory && { ...memory, median: memory.median / 2 ** 20 }].map((each) => whole(each));
    });
    return [String(groups), step, ...cells];
  });
  const columns = contestants.flatMap((each) => [`${each}: bytes / group`, `${each}: calls`, `${each}: provider MiB`]);
  return table(["groups", "step", ...columns], rows);
}

function limitedTable({ limited }: Results): string {
  const rows = limited.map((sample) => {
    const { operation, groups, calls, seconds, failure } = sample;
    const { answered, boundSeconds, timesBound } = againstBound(sample);
    return [
      String(groups),
      operation,
      String(answered),
      String(calls.rateLimited),
      String(calls.failed + (failure === undefined ? 0 : 1)),
      number(boundSeconds),
      number(calls.spanSeconds),
      number(timesBound),
      number(seconds),
    ];
  });
  const columns = [
    "calls",
    "answers of 429",
    "failures",
    "bound, s",
    "first call to last answer, s",
    "ratio",
    "command, s",
  ];
  return table(["groups", "operation", ...columns], rows);
}

function beginningTable({ startUp }: Results): string {
  const rows: [string, readonly (number | undefined)[]][] = [
    ['`require("@pulumi/pulumi")`, ms', startUp.sdkMs],
    ['`require("pulumi-rhombus")` after it, ms', startUp.oursMs],
    ...(["floor", "ours"] as const).flatMap((contestant): [string, readonly (number | undefined)[]][] => {
      const answers = startUp.answers.filter((each) => each.contestant === contestant);
      const mebibytes = (bytes: number | undefined) => bytes && bytes / 2 ** 20;
      return [
        [`${contestant}: provider listens after, ms`, answers.map((each) => each.listeningMs)],
        [`${contestant}: first answer (check) after, ms`, answers.map((each) => each.checkedMs)],
        [`${contestant}: second answer (create) after, ms`, answers.map((each) => each.createdMs)],
        [`${contestant}: memory after the first, MiB`, answers.map((each) => mebibytes(each.checkedBytes))],
        [`${contestant}: memory after the second, MiB`, answers.map((each) => mebibytes(each.createdBytes))],
      ];
    }),
  ];
  const measured = rows.map(([name, values]) => [name, summaryOf(values)] as const);
  return table(
    ["", "median (least to most)"],
    measured.map(([name, each]) => [name, each === undefined ? "" : withRange(each)]),
  );
}

function targetsTable(judgements: readonly Judgement[]): string {
  const rows = judgements.map(({ target, measured, isMet }) => {
    const { name, limit, unit = "" } = target;
    return [
      name,
      `${limit} ${unit}`.trim(),
      measured === undefined ? "not measured" : `${number(decisive(target, measured))} ${unit}`.trim(),
      measured === undefined || measured.count === 1 ? "" : `${Math.round(spread(measured) * 100)} %`,
      isMet ? "met" : "missed",
    ];
  });
  return table(["target", "at most", "measured", "spread", ""], rows);
}

/** Every step that was measured, by size. */
function eachStep({ samples }: Results): [number, (typeof steps)[number]][] {
  const sizes = [...new Set(samples.map(({ groups }) => groups))].sort((one, other) => one - other);
  return sizes.flatMap((groups) => steps.map((step): [number, (typeof steps)[number]] => [groups, step]));
}

function withRange(measured: Summary): string {
  return `${number(measured.median)} (${number(measured.least)}–${number(measured.most)})`;
}

function number(value: number | undefined): string {
  if (value === undefined) return "";
  return Number.isInteger(value) ? String(value) : value.toFixed(value < 100 ? 2 : 0);
}

function whole(measured: Summary | undefined): string {
  return measured === undefined ? "" : String(Math.round(measured.median));
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  return [columns, columns.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
