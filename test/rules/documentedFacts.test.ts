import assert from "node:assert/strict";
import { describeBehaviours } from "../../provider/emulator/behaviours/checkBehaviours";
import { definitions } from "../../provider/resources/registry";
import { secretSettings, settingNames } from "../../provider/rhombus/settings/settingNames";
import { nameIn } from "../../provider/rhombus/settings/settingSources";
import { NODE_VERSIONS, SDK_VERSIONS } from "../../tools/matrix/versions.mjs";
import { secretNamesOf } from "../laws/contract/secretValues";
import { filesIn, textOf } from "./sources";

/** The cells of each row of a page's tables. */
function rowsOf(page: string): string[][] {
  return [...textOf(page).matchAll(/^\| (.+) \|$/gm)].map(([, row = ""]) => row.replaceAll("*", "").split(" | "));
}

/** Fails if one of these texts is not on the page. */
function assertNamed(page: string, texts: readonly string[]): void {
  const text = textOf(page);
  assert.deepEqual(
    texts.filter((each) => !text.includes(each)),
    [],
    page,
  );
}

/** The matches of a pattern's only group in the files of a folder. */
function foundIn(folder: string, pattern: RegExp): string[] {
  return filesIn(folder).flatMap((file) => [...textOf(file).matchAll(pattern)].map(([, found = ""]) => found));
}

describe("docs/rhombus-api-open-questions.md", () => {
  const page = "docs/rhombus-api-open-questions.md";
  const behaviours = describeBehaviours();

  it("has a row for each behaviour of the emulator, in the order and the words of the code", () => {
    const rows = textOf(page)
      .split("\n")
      .filter((line) => line.startsWith("| `"));
    const expected = behaviours.map(({ name, question, settings, settledBy }) => {
      return `| \`${name}\` | ${question} | ${settings.map((each) => `\`${each}\``).join(", ")} | ${settledBy} |`;
    });
    assert.deepEqual(rows, expected);
  });

  it("marks the behaviours that the probe observes", () => {
    const observed = foundIn("provider/cli/doctor/probe", /[rR]ecord\(\s*"(\w+)"/g);
    const marked = behaviours.filter(({ settledBy }) => settledBy === "probe").map(({ name }) => name);
    assert.deepEqual([...new Set(observed)].sort(), marked.sort());
  });

  it("says that nothing was verified live, for as long as no row says when it was", () => {
    const isNone = !behaviours.some(({ settledBy }) => /verified live on \d{4}-\d\d-\d\d/.test(settledBy));
    assert.equal(textOf(page).includes("None of these behaviours has been verified live."), isNone);
  });

  it("explains each behaviour that docs/rhombus-api.md names", () => {
    assertNamed(
      "docs/rhombus-api.md",
      behaviours.map(({ name }) => `\`${name}\``),
    );
  });
});

describe("the pages on the installation", () => {
  const manifest: { version: string; engines: { node: string }; peerDependencies: Record<string, string> } = JSON.parse(
    textOf("package.json"),
  );

  it("name the versions that are tested and required, and the file that npm pack writes", () => {
    const node = manifest.engines.node.replace(">=", "");
    const [least = "", below = ""] = (manifest.peerDependencies["@pulumi/pulumi"] ?? "").replace(">=", "").split(" <");
    const packed = `pulumi-rhombus-${manifest.version}.tgz`;
    const required = [`| Node | ${node} or newer |`, `| \`@pulumi/pulumi\` | ${least} or newer, below ${below} |`];
    assertNamed("docs/installation-configuration.md", [...NODE_VERSIONS, ...SDK_VERSIONS, packed, ...required]);
    assertNamed("README.md", [`Node ${node} or newer`, `\`@pulumi/pulumi\` ${least} or newer`, packed]);
    assert.deepEqual(
      [NODE_VERSIONS[0], SDK_VERSIONS[0]],
      [node.split(".").length === 3 ? node : `${node}.0`, least],
      "the tests begin with the oldest versions",
    );
  });
});

describe("the table of settings", () => {
  const named = (cell: string | undefined) => /`([^`]+)`/.exec(cell ?? "")?.[1];

  it("has all settings in their order, under their names in each source", () => {
    const rows = rowsOf("docs/authentication.md").filter(([, configured]) => configured?.startsWith("`rhombus:"));
    const expected = settingNames.map((name) => {
      const inEnvironment = nameIn("environment", name);
      const inProfile = nameIn("profile", name).replace(" of the profile", "");
      const isOwn = !inProfile.startsWith("rhombus:") && name !== "region";
      const variable = inEnvironment.startsWith("RHOMBUS_") ? inEnvironment : undefined;
      return [`rhombus:${name}`, variable, isOwn ? inProfile : undefined];
    });
    assert.deepEqual(
      rows.map(([, ...cells]) => cells.slice(0, 3).map(named)),
      expected,
    );
  });
});

describe("the pages on security", () => {
  it("name every secret, and the options of Pulumi and Node that print secrets: docs/secrets.md", () => {
    const secrets = [...Object.values(definitions).flatMap(secretNamesOf), ...secretSettings];
    const options = ["--show-secrets", "--debug", "--tracing", "--event-log", "PULUMI_DEBUG_GRPC"];
    const others = ["`-v=3` and above", "NODE_DEBUG", "events of the Automation API"];
    assertNamed("docs/secrets.md", [...[...secrets, ...options].map((name) => `\`${name}\``), ...others]);
  });

  it("lead from one to the other, and SECURITY.md goes with the package", () => {
    const { files }: { files: string[] } = JSON.parse(textOf("package.json"));
    assert.ok(files.includes("SECURITY.md"));
    assertNamed("SECURITY.md", ["](docs/secrets.md#debug-options-that-print-secrets)"]);
    assertNamed("docs/secrets.md", ["](../SECURITY.md)"]);
    assertNamed("README.md", ["](SECURITY.md)"]);
  });
});

describe("the pages on the commands", () => {
  it("name every option of every command, and the README every command and no other", () => {
    const options = foundIn("provider/cli", /(?:new Option|\.option)\(\s*"(?:-\w, )?(--[a-z-]+)/g);
    const text = filesIn("docs", ".md").map(textOf).join("\n");
    assert.ok(options.length > 20);
    assert.deepEqual(
      options.filter((name) => !new RegExp(`${name}\\b`).test(text)),
      [],
    );
    const listed = [...textOf("README.md").matchAll(/^\| `npx pulumi-rhombus (\w+)`/gm)].map(([, name]) => name);
    assert.deepEqual(listed.sort(), foundIn("provider/cli", /new Command\("(\w+)"\)/g).sort());
  });
});

describe("docs/troubleshooting.md", () => {
  /** Messages of Node and Pulumi, which this repository cannot contain. */
  const foreign =
    /Cannot find module|toJavaScript|'configure'|pending operations|: EOF|the stack is currently locked by|Duplicate resource URN/;

  it("quotes messages as the code has them, each once", () => {
    // The first cells of the tables: a message in backticks, where `…` stands for any text.
    const messages = [...textOf("docs/troubleshooting.md").matchAll(/^\| (?:``(.+?)``|`([^`]+)`)/gm)]
      .map(([, doubled, single]) => doubled ?? single ?? "")
      .filter((message) => !foreign.test(message));
    const texts = filesIn("provider").map(textOf).join("\n");
    const code = texts.replaceAll("\\`", "`").replace(/["'`] \+\s*["'`]/g, "");
    const missing = messages.filter((message) => {
      const parts = message.split("…").map((part) => part.trim().replace(/[.;,:()]+$/, ""));
      return parts.some((part) => part.length > 5 && !code.includes(part));
    });
    assert.deepEqual(missing, []);
    assert.ok(messages.length > 0);
    assert.equal(new Set(messages).size, messages.length);
  });
});

describe("docs/performance.md", () => {
  const steps = ["preview", "up", "unchanged", "refresh", "destroy"];
  const implementations = ["floor", "naive", "this package"];

  it("shows the medians of bench/RESULTS.md, rounded", () => {
    const [, seconds = ""] = /## Seconds\n([\s\S]*?)\n## /.exec(textOf("bench/RESULTS.md")) ?? [];
    const measured = new Map<string, string | undefined>(
      [...seconds.matchAll(/^\| (\d+) \| (\w+) \| ([\d.]+).*? \| ([\d.]+).*? \| ([\d.]+)/gm)].flatMap(
        ([, groups, step, ...medians]) =>
          medians.map((median, index) => [`${groups} ${implementations[index]} ${step}`, median] as const),
      ),
    );
    const rows = rowsOf("docs/performance.md").filter(([groups = ""]) => /^[\d,]+$/.test(groups));
    assert.equal(rows.length, 6);
    for (const [groups = "", provider = "", ...figures] of rows) {
      for (const [index, step] of steps.entries()) {
        const name = `${groups.replace(",", "")} ${provider} ${step}`;
        const [figure = "", median] = [figures[index], measured.get(name)];
        const half = 0.5 * 10 ** -(figure.split(".")[1]?.length ?? 0);
        assert.ok(Math.abs(Number(figure) - Number(median)) <= half + 1e-9, `${name}: ${figure}, measured ${median}`);
      }
    }
  });

  it("shows the bytes of state of bench/RESULTS.md", () => {
    const measured = rowsOf("bench/RESULTS.md").find(([groups, step, , calls]) => {
      return groups === "200" && step === "up" && calls === "0";
    });
    const shown = rowsOf("docs/performance.md").filter((row) => row.length === 2 && /^\d,\d{3}$/.test(row[1] ?? ""));
    assert.deepEqual(
      shown.map(([, bytes = ""]) => bytes.replace(",", "")),
      [measured?.[2], measured?.[8], measured?.[5]],
    );
  });
});
