import { LifecycleError } from "../../core/resource/lifecycleError";
import type { Value } from "../../core/schema/values";

/**
 * The reason why an integration cannot be created without the key of its vendor.
 * @param vendor The vendor, such as `Genea`.
 * @param name The name of the key.
 * @param declared The declared key.
 * @returns `undefined` if the key is declared.
 */
export function withoutVendorKey(vendor: string, name: string, declared: unknown): string | undefined {
  return declared === undefined
    ? `it needs a ${vendor} API key. Declare ${name} (\`pulumi config set --secret\`, then \`config.requireSecret\`).`
    : undefined;
}

/**
 * The vendor key to send with other settings. A write without a key is refused, because it may clear the stored one
 * (docs/rhombus-api.md#genea).
 * @param key The name of the key, the integration in words, and the values to choose from: the first that is not empty.
 * @throws LifecycleError if there is no value.
 */
export function vendorKeyToSend(key: { name: string; label: string; from: readonly (Value | undefined)[] }): string {
  const found = key.from.find((value) => typeof value === "string" && value !== "");
  if (typeof found === "string") return found;
  throw new LifecycleError(
    `${key.label} cannot be written without its ${key.name}: the program does not declare it, Rhombus does not show it, ` +
      `and leaving it out might remove the stored one. Nothing was written. Declare ${key.name} ` +
      `(\`pulumi config set --secret\`, then \`config.requireSecret\`).`,
  );
}
