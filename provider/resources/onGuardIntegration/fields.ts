import { flag, type InputsOf, instruction, set, text } from "../../core/schema/fields";
import type { Value } from "../../core/schema/values";
import { badgeVerification } from "../fields/badgeOptions";
import { doorInfoMap } from "../fields/doorInfo";
import { objectName } from "../fields/objectName";

/** The inputs of an OnGuard integration. */
export const fields = {
  /** The deployment's name, at most 255 characters, unique in the organization without regard to case. Default: the resource's name. */
  displayName: objectName(),
  /**
   * The doors by `controller:device`, such as `"1:4"`. They merge door by door: a door added outside Pulumi stays until a refresh
   * has shown it. Managed only when given; if no longer declared, the doors stay; `{}` removes them.
   */
  doorInfoMap: doorInfoMap(onGuardDoorKey),
  ...badgeVerification,
  /**
   * `true` takes over the existing deployment of this display name, and creates one if there is none; a text takes over the
   * deployment with that `rhombusToken`. Secret. It applies on creation only and is never a change. Default: an existing
   * deployment of this name is an error.
   */
  adopt: instruction<boolean | string>(adoptsWhat, { secret: true }),
};

/** The outputs of an OnGuard integration. */
export const outputs = {
  orgUuid: text(),
  rhombusToken: text({ secret: true }),
  presharedSecret: text({ secret: true }),
  webhookUrl: text({ secret: true }),
  enabled: flag(),
  misconfiguredDoors: set(text()),
};

/** The checked inputs of an OnGuard integration. */
export type OnGuardInputs = InputsOf<typeof fields>;

function onGuardDoorKey(key: string): string | undefined {
  if (!/^\d+:\d+$/.test(key)) {
    return `an OnGuard door key is "controller:device", two numbers such as "1:4", not ${JSON.stringify(key)}.`;
  }
  const usual = key.replace(/\b0+(?=\d)/g, "");
  return usual === key ? undefined : `write ${JSON.stringify(usual)}, without leading zeros.`;
}

function adoptsWhat(value: Value): string | undefined {
  if (typeof value === "boolean") return undefined;
  return typeof value === "string" && value.trim() !== ""
    ? undefined
    : "must be true, or the rhombusToken of the deployment to adopt.";
}
