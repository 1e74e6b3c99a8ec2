import path from "node:path";
import type { ResourceType } from "./client";

const PROVIDERS = path.resolve(__dirname, "../../../dist/session.js");

/** What {@link renewedHandler} makes of a process, as JavaScript. */
export interface Renewal {
  /** Runs once in the process. Default: nothing. */
  readonly once?: string;
  /** What the providers are made with. Default: what they are made with for users. */
  readonly options?: string;
}

/**
 * The code to serve a type with in a process that others have used. Each generation gets providers of its own, with their
 * own client, claims, listings and locks, as a process of its own would.
 * @param type The type.
 * @param generation A number that no other use of the process has: it makes the SDK evaluate the text anew.
 * @param renewal What is different from what users have.
 */
export function renewedHandler(type: ResourceType, generation: number, renewal: Renewal = {}): string {
  const { once = "", options = "{ uncaughtOf: process }" } = renewal;
  return `exports.handler = () => {
    if (globalThis.renewed === undefined) {${once}
      globalThis.renewed = new Map();
    }
    if (!globalThis.renewed.has(${generation})) {
      const { createProviders } = require(${JSON.stringify(PROVIDERS)});
      globalThis.renewed.set(${generation}, createProviders(${options}));
    }
    return globalThis.renewed.get(${generation}).${type};
  };`;
}
