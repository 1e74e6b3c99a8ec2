import assert from "node:assert/strict";
import { type PulumiCli, PulumiCliError } from "../../../provider/cli/pulumi/pulumiCli";
import { campusSeed } from "../../../provider/emulator";

const { acme } = campusSeed;

const PROVIDER = "pulumi:providers:pulumi-nodejs";

/** The parent of each resource that the program creates without one. Default providers have none. */
const STACK_URN = "urn:pulumi:dev::shop::pulumi:pulumi:Stack::shop-dev";

export interface ShownValue {
  readonly value: string;
  readonly secret: boolean;
}

export interface CliAnswers {
  /** Its version. Default: 3.259.0. */
  readonly version?: string;
  /** The stack config, or why there is none. Default: empty. */
  readonly config?: Readonly<Record<string, ShownValue>> | string;
  /** The resources in the state of each stack; `dev` is the selected one. Default: none. */
  readonly resources?: Readonly<Record<string, readonly object[]>>;
}

/** A Pulumi CLI in this process. It shows secrets only with `--show-secrets`. */
export function scriptedCli({ version = "3.259.0", config = {}, resources = { dev: [] } }: CliAnswers = {}): PulumiCli {
  return {
    async run(...words) {
      const at = words.indexOf("--stack");
      const stack = at < 0 ? "dev" : (words[at + 1] ?? "");
      const isShown = words.includes("--show-secrets");
      if (words[0] === "version") return `v${version}\n`;
      if (typeof config === "string") throw new PulumiCliError(config, false);
      if (words[0] === "config") return isShown ? JSON.stringify(config) : assert.fail("secrets are hidden");
      if (words[1] === "--show-name") return "dev\n";
      const found = resources[stack];
      if (found === undefined) throw new PulumiCliError(`no stack named '${stack}' found`, false);
      const withoutSecrets = (key: string, value: unknown) => (key === "plaintext" && !isShown ? undefined : value);
      return JSON.stringify({ version: 3, deployment: { resources: found } }, withoutSecrets);
    },
  };
}

/** A stack config with an encrypted key. `apiKey`: The key. Default: that of Acme Robotics. */
export function configFor(endpoint: string, apiKey: string = acme.apiKey): Record<string, ShownValue> {
  return {
    "rhombus:apiKey": { value: apiKey, secret: true },
    "rhombus:endpoint": { value: endpoint, secret: false },
  };
}

/** A resource in a state. Default: it belongs to Acme Robotics. */
export function inStack(type: string, name: string, id: string, more: object = {}): object {
  const full = `pulumi-nodejs:dynamic/rhombus:${type}`;
  const urn = `urn:pulumi:dev::shop::${full}::${name}`;
  return { urn, type: full, id, outputs: { orgUuid: acme.orgUuid }, ...more };
}

/** The URN of an explicit provider. */
export const providerUrn = (name: string, parents = "") => `urn:pulumi:dev::shop::${parents}${PROVIDER}::${name}`;

/** An explicit provider in a state, with an encrypted key. */
export function providerInStack(
  urn: string,
  endpoint: string,
  apiKey: string = acme.apiKey,
  more: object = {},
): object {
  const key = {
    "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
    plaintext: JSON.stringify(apiKey),
  };
  const inputs = { "rhombus:apiKey": key, "rhombus:endpoint": endpoint };
  return { urn, type: PROVIDER, id: "p", parent: STACK_URN, inputs, ...more };
}
