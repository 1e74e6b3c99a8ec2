import { LifecycleError } from "../../core/resource/lifecycleError";
import type { Value } from "../../core/schema/values";

/**
 * Why an integration cannot be set up without the key of the other vendor.
 * @param name The key's name.
 * @param declared The key, if the program declares it.
 */
export function withoutVendorKey(name: string, declared: unknown): string | undefined {
  return declared === undefined
    ? `it needs the other vendor's key. Declare ${name} (\`pulumi config set --secret\`, then \`config.requireSecret\`).`
    : undefined;
}

/**
 * The vendor key to send along with other settings: the declared one, else the stored one as far as it is known.
 * Leaving it out may clear the stored key (docs/rhombus-api.md#genea), so a write without any is refused.
 * @param key The key's name and the places it may come from, the best first.
 * @throws LifecycleError when no place has it.
 */
export function vendorKeyToSend(key: { name: string; label: string; from: readonly (Value | undefined)[] }): string {
  const found = key.from.find((value) => typeof value === "string" && value !== "");
  if (typeof found === "string") return found;
  throw new LifecycleError(
    "unknownKey",
    `${key.label} cannot be written without its ${key.name}: the program does not declare it, Rhombus does not show it, ` +
      `and leaving it out might remove the stored one. Nothing was written. Declare ${key.name} ` +
      `(\`pulumi config set --secret\`, then \`config.requireSecret\`).`,
  );
}
