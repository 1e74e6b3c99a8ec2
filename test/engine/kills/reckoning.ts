import { runtime } from "@pulumi/pulumi";
import type { ConsoleKisi, OrganizationConsole } from "../../../provider/emulator";
import { onGuardId } from "../../../provider/resources/onGuardIntegration/definition";
import { type TypeName, typeNames } from "./writes";

/** A resource as an export of the stack shows it with its secrets. */
interface Exported {
  readonly type: TypeName;
  readonly id: string;
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** What the scenarios have come to. */
export class Reckoning {
  /** How many writes were carried out without anybody learning of it. */
  scenarios = 0;
  /** Objects that no state has. */
  readonly orphans: string[] = [];
  /** Objects that exist more than once. */
  readonly duplicates: string[] = [];
  /** Secrets that Rhombus holds, and the state does not, or not as a secret. */
  readonly lostSecrets: string[] = [];
  /** Plans that show changes that are none, and errors that do not say what to do. */
  readonly unexplained: string[] = [];

  /** The line that says it all. */
  line(): string {
    const { scenarios, orphans, duplicates, lostSecrets, unexplained } = this;
    return (
      `kills: ${scenarios} scenarios, ${orphans.length} orphans, ${duplicates.length} duplicates, ` +
      `${lostSecrets.length} lost secrets, ${unexplained.length} unexplained plans`
    );
  }

  /** All that is not as it should be. */
  findings(): string[] {
    return [...this.orphans, ...this.duplicates, ...this.lostSecrets, ...this.unexplained];
  }

  /**
   * Compares stacks with what Rhombus holds.
   * @param scenario What has happened before, for people.
   * @param exports The stacks with their secrets, as the CLI exports them.
   * @param console The organization's console.
   * @param foreign Tokens of the OnGuard deployments that are no stack's. Default: there are none.
   */
  compare(
    scenario: string,
    exports: readonly unknown[],
    console: OrganizationConsole,
    foreign: ReadonlySet<string> = new Set(),
  ): void {
    const resources = exports.flatMap(resourcesIn);
    const objects = objectsIn(console).filter(({ secrets }) => !foreign.has(secrets.rhombusToken ?? ""));
    for (const { type, id, name } of objects) {
      if (!resources.some((each) => each.type === type && each.id === id)) {
        this.orphans.push(`${scenario}: ${type} ${name} is in no state`);
      }
      if (objects.filter((each) => each.type === type && each.name === name).length > 1) {
        this.duplicates.push(`${scenario}: ${type} ${name} exists more than once`);
      }
    }
    for (const { type, id, outputs } of resources) {
      const secrets = objects.find((each) => each.type === type && each.id === id)?.secrets ?? {};
      for (const [name, secret] of Object.entries(secrets)) {
        if (!inClear(outputs[name]).includes(secret)) this.lostSecrets.push(`${scenario}: ${name} of ${type}`);
      }
    }
  }
}

/** An object at Rhombus: under which id a state has it, and the secrets that this state must hold. */
interface RemoteObject {
  readonly type: TypeName;
  readonly id: string;
  readonly name: string;
  readonly secrets: Readonly<Record<string, string>>;
}

function objectsIn(console: OrganizationConsole): RemoteObject[] {
  const genea = console.genea();
  const kisis = [console.kisi(), console.kisiV1()].filter((kisi) => kisi !== undefined);
  return [
    ...console.groups().map(({ uuid, name }): RemoteObject => {
      return { type: "AccessControlGroup", id: uuid, name, secrets: {} };
    }),
    ...console.onGuard().map(({ rhombusToken, presharedSecret, webhookUrl, displayName }): RemoteObject => {
      const secrets = { rhombusToken, presharedSecret, webhookUrl };
      return { type: "OnGuardIntegration", id: onGuardId(rhombusToken), name: displayName ?? "", secrets };
    }),
    ...(genea ? [{ type: "GeneaIntegration", id: "genea", name: "", secrets: secretsOf(genea) } as const] : []),
    ...kisis.map(kisiObject),
  ];
}

function secretsOf(genea: Readonly<Record<"rhombusToken" | "refreshToken" | "webhookSignatureSecret", string | null>>) {
  const { rhombusToken, refreshToken, webhookSignatureSecret } = genea;
  return known({ rhombusToken, refreshToken, webhookSignatureSecret });
}

function kisiObject({ v1, placeToSettingsMap }: ConsoleKisi): RemoteObject {
  const [place] = Object.values(placeToSettingsMap);
  const secrets = known({ rhombusToken: v1?.rhombusToken, placeTokens: place?.rhombusToken });
  return { type: "KisiIntegration", id: "kisi", name: "", secrets };
}

function known(secrets: Readonly<Record<string, string | null | undefined>>): Record<string, string> {
  const entries = Object.entries(secrets).flatMap(([name, value]): [string, string][] => {
    return value === null || value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(entries);
}

/** The text of what is marked as a secret; nothing where it is not. */
function inClear(output: unknown): string {
  const { [runtime.specialSigKey]: mark, plaintext }: Record<string, unknown> = Object(output);
  return mark === runtime.specialSecretSig ? String(plaintext) : "";
}

function resourcesIn(exported: unknown): Exported[] {
  const { resources = [] }: { resources?: unknown[] } = Object(Object(exported).deployment);
  return resources.flatMap((each) => {
    const { type: full, id = "", outputs = {} }: { type?: string; id?: string; outputs?: object } = Object(each);
    const type = typeNames.find((name) => full === `pulumi-nodejs:dynamic/rhombus:${name}`);
    return type === undefined ? [] : [{ type, id, outputs: { ...outputs } }];
  });
}
