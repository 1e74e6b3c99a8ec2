import { flag, type InputsOf, set, text, vendorKey } from "../../core/schema/fields";
import { adoptFlag } from "../fields/adopt";
import { badgeVerification, monitoring } from "../fields/badgeOptions";
import { anyDoorKey, doorInfoMap } from "../fields/doorInfo";

/** The inputs of a Genea integration. */
export const fields = {
  /**
   * The Genea Global API Key. Secret. A new key is tried with `getGeneaDoors` before anything is written. Required to create
   * the integration; if no longer declared, the stored key stays.
   */
  apiToken: vendorKey({ max: 4096 }),
  /** Enables the integration. Default: true. */
  enabled: flag({ default: true, ...monitoring }),
  /**
   * The doors by Genea's door id (`getGeneaDoors`). They merge door by door: a door added outside Pulumi stays until a refresh has
   * shown it. Managed only when given; if no longer declared, the doors stay; `{}` removes them.
   */
  doorInfoMap: doorInfoMap(anyDoorKey),
  ...badgeVerification,
  /** Indexes faces. Default: false, also if it is no longer declared. */
  indexFaces: flag(monitoring),
  /**
   * `true` takes over the organization's existing Genea integration. It applies on creation only and is never a change.
   * Default: an existing integration is an error.
   */
  adopt: adoptFlag(),
};

/** The outputs of a Genea integration. */
export const outputs = {
  orgUuid: text(),
  rhombusToken: text({ secret: true }),
  refreshToken: text({ secret: true }),
  webhookSignatureSecret: text({ secret: true }),
  webhookUuid: text(),
  tokenValid: flag(),
  misconfiguredDoors: set(text()),
};

/** The checked inputs of a Genea integration. */
export type GeneaInputs = InputsOf<typeof fields>;
