import type { Import } from "./imports";

/** A part of the provider, and what it may import. Paths are from `provider/`. */
export interface House {
  /** Its files. */
  readonly files: RegExp;
  /** The files, packages and Node modules that it may import. */
  readonly imports: RegExp;
  /** What it may import besides, as long as compilation removes the import. */
  readonly types?: RegExp;
}

const SDK = /^@pulumi\/pulumi$/;

/** The arrows between the parts of the provider. A file belongs to the first house that has it. */
export const houses: Readonly<Record<string, House>> = {
  index: { files: /^index\.ts$/, imports: /^(?:provider|resources\/[^/]+(?:\/resource)?|lookups\/[^/]+)\.ts$/ },
  explicitProvider: {
    files: /^provider\.ts$/,
    imports:
      /^(?:programLog|rhombus\/(?:presentable|settingNames)|pulumi\/(?:settingWarnings|traces))\.ts$|^@pulumi\/pulumi$/,
  },
  runtime: { files: /^runtime\.ts$/, imports: /^providers\.ts$/ },
  wiring: {
    files: /^[^/]+\.ts$|^lookups\//,
    imports: /^(?:core|rhombus|pulumi|resources|lookups)\/|^(?!index|runtime)[^/@]+\.ts$|^@pulumi\/pulumi$/,
  },
  core: { files: /^core\/[^/]+$/, imports: /^core\/|^fastest-levenshtein$/ },
  client: {
    files: /^rhombus\/(?:client|transport|tunnel)\.ts$/,
    imports: /^(?:rhombus\/|node:|(?:axios(?:-retry)?|hpagent)$)/,
  },
  wire: { files: /^rhombus\/wire\//, imports: /^rhombus\/wire\/|^valibot$/ },
  rhombus: { files: /^rhombus\//, imports: /^rhombus\/|^node:|^(?:ini|proxy-from-env|uuid)$/ },
  frontEnd: { files: /^pulumi\//, imports: /^(?:pulumi|core)\/|^@pulumi\/pulumi$|^node:http2$/ },
  shared: { files: /^resources\/[^/]+$/, imports: /^(?:core|rhombus)\/|^resources\/[^/]+$/, types: SDK },
  resource: {
    files: /^resources\/[^/]+\/resource\.ts$/,
    imports: /^pulumi\/resource\.ts$|^resources\/(?:OWN\/)?[^/]+$/,
    types: SDK,
  },
  definition: {
    files: /^resources\/[^/]+\//,
    imports: /^(?:core|rhombus)\/|^resources\/(?:OWN\/(?!resource\.ts))?[^/]+$|^uuid$/,
  },
  emulator: { files: /^emulator\/[^/]+$/, imports: /^emulator\/|^node:|^uuid$/ },
  cli: {
    files: /^cli\//,
    imports:
      /^(?:cli|core|emulator|lookups|pulumi|resources|rhombus)\/|^(?!index|runtime)[^/@]+\.ts$|^node:|^(?:commander|js-yaml)$/,
  },
};

/**
 * The house of a file.
 * @param file Its path from the root.
 */
export function houseOf(file: string): string | undefined {
  const inside = file.replace(/^provider\//, "");
  return Object.keys(houses).find((name) => houses[name]?.files.test(inside));
}

/**
 * Whether an arrow is in order.
 * @param arrow The import.
 */
export function isAllowed({ from, to, typeOnly }: Import): boolean {
  const house = houses[houseOf(from) ?? ""];
  if (house === undefined) return false;
  const own = from.replace(/^provider\/(resources\/[^/]+\/).*$/, "$1");
  const target = to.replace(/^provider\//, "").replace(own, "resources/OWN/");
  return house.imports.test(target) || (typeOnly && house.types?.test(target) === true);
}
