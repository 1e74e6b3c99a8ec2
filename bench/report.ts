import { implementations } from "./implementations";
import { type Results, ratio, type Summary, samplesOf, spread, summaryOf } from "./results";
import { mapsTable } from "./scenarios/maps";
import { bucket, compareWithBound } from "./scenarios/rateLimited";
import { steps } from "./scenarios/sizes";
import { comparedValue, type TargetResult } from "./targets";

/** The origin of results. */
export interface Origin {
  /** The command that measured, such as `npm run bench`. */
  readonly command: string;
  /** Names and values: versions, machine, date. */
  readonly environment: Readonly<Record<string, string>>;
}

export function page(
  results: Results,
  targetResults: readonly TargetResult[],
  { command, environment }: Origin,
): string {
  const sections = [
    `# Results\n\nWritten by \`${command}\`. [README.md](README.md) describes what is measured, and how.`,
    table(["", ""], Object.entries(environment)),
    `## Seconds\n\nMedian (minimum–maximum). A ratio is the median of the ratios of each repetition.\n\n${timesTable(results, "seconds")}`,
    `## CPU seconds\n\nOf the CLI, the program and the provider together. They depend less than seconds on other work on the machine.\n\n${timesTable(results, "cpuSeconds")}`,
    `## State and calls\n\nThe size of the state after \`up\`, the API calls of each step, and the peak memory of the provider process.\n\n${countsTable(results)}`,
    `## Under a rate limit\n\nEach call takes 50 ms. The bucket holds ${bucket.burst} calls and refills at ${bucket.ratePerSecond} per second. Each group has three members.\n\n${limitedTable(results)}`,
    `## Large maps\n\nMilliseconds: median (99th percentile).\n\n${mapsTable(results.maps)}`,
    `## Start-up\n\n${startUpTable(results)}`,
    `## Targets\n\n${targetsTable(targetResults)}`,
    totals(targetResults),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The last line of a run: the numbers of met and missed targets. */
export function totals(targetResults: readonly TargetResult[]): string {
  const met = targetResults.filter(({ isMet }) => isMet).length;
  return `${met} met, ${targetResults.length - met} missed`;
}

function timesTable(results: Results, time: "seconds" | "cpuSeconds"): string {
  const rows = eachStep(results).map(([groups, step]) => {
    const seconds = implementations.map((implementation) => {
      const measured = summaryOf(samplesOf(results, implementation, groups, step).map((each) => each[time]));
      return measured === undefined ? "" : medianAndRange(measured);
    });
    const ratios = (["floor", "naive"] as const).map((other) =>
      number(ratio(results, other, groups, step, time)?.median),
    );
    return [String(groups), step, ...seconds, ...ratios];
  });
  return table(["groups", "step", ...implementations, "ours / floor", "ours / naive"], rows);
}

function countsTable(results: Results): string {
  const rows = eachStep(results).map(([groups, step]) => {
    const cells = implementations.flatMap((implementation) => {
      const samples = samplesOf(results, implementation, groups, step);
      const bytes = step === "up" ? summaryOf(samples.map(({ stateBytes }) => stateBytes / groups)) : undefined;
      const calls = summaryOf(samples.map(({ calls: { total } }) => total));
      const memory = summaryOf(samples.map(({ providerBytes }) => providerBytes));
      return [bytes, calls, memory && { ...memory, median: memory.median / 2 ** 20 }].map((each) => whole(each));
    });
    return [String(groups), step, ...cells];
  });
  const columns = implementations.flatMap((each) => [
    `${each}: bytes / group`,
    `${each}: calls`,
    `${each}: provider MiB`,
  ]);
  return table(["groups", "step", ...columns], rows);
}

function limitedTable({ limited }: Results): string {
  const rows = limited.map((sample) => {
    const { operation, groups, calls, seconds, failure } = sample;
    const { answered, boundSeconds, timesBound } = compareWithBound(sample);
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
    "429 responses",
    "failures",
    "bound, s",
    "first call to last response, s",
    "ratio",
    "command, s",
  ];
  return table(["groups", "operation", ...columns], rows);
}

function startUpTable({ startUp }: Results): string {
  const rows: [string, readonly (number | undefined)[]][] = [
    ['`require("@pulumi/pulumi")`, ms', startUp.sdkMs],
    ['`require("pulumi-rhombus")` after it, ms', startUp.oursMs],
    ...(["floor", "ours"] as const).flatMap((implementation): [string, readonly (number | undefined)[]][] => {
      const responses = startUp.responses.filter((each) => each.implementation === implementation);
      const mebibytes = (bytes: number | undefined) => bytes && bytes / 2 ** 20;
      return [
        [`${implementation}: start until the provider listens, ms`, responses.map((each) => each.listeningMs)],
        [`${implementation}: first response (check), ms`, responses.map((each) => each.checkedMs)],
        [`${implementation}: second response (create), ms`, responses.map((each) => each.createdMs)],
        [
          `${implementation}: memory after the first response, MiB`,
          responses.map((each) => mebibytes(each.checkedBytes)),
        ],
        [
          `${implementation}: memory after the second response, MiB`,
          responses.map((each) => mebibytes(each.createdBytes)),
        ],
      ];
    }),
  ];
  const measured = rows.map(([name, values]) => [name, summaryOf(values)] as const);
  return table(
    ["", "median (minimum–maximum)"],
    measured.map(([name, each]) => [name, each === undefined ? "" : medianAndRange(each)]),
  );
}

function targetsTable(targetResults: readonly TargetResult[]): string {
  const rows = targetResults.map(({ target, measured, isMet }) => {
    const { name, limit, unit = "" } = target;
    return [
      name,
      `${limit} ${unit}`.trim(),
      measured === undefined ? "not measured" : `${number(comparedValue(target, measured))} ${unit}`.trim(),
      measured === undefined || measured.count === 1 ? "" : `${Math.round(spread(measured) * 100)} %`,
      isMet ? "met" : "missed",
    ];
  });
  return table(["target", "at most", "measured", "spread", ""], rows);
}

/** All steps of all measured sizes, smallest size first. */
function eachStep({ samples }: Results): [number, (typeof steps)[number]][] {
  const sizes = [...new Set(samples.map(({ groups }) => groups))].sort((one, other) => one - other);
  return sizes.flatMap((groups) => steps.map((step): [number, (typeof steps)[number]] => [groups, step]));
}

function medianAndRange(measured: Summary): string {
  return `${number(measured.median)} (${number(measured.min)}–${number(measured.max)})`;
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
