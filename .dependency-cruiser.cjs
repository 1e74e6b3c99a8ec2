// The import rules (docs/architecture.md), described here and nowhere else. `npm run lint:imports` checks them.

const SDK = "^node_modules/@pulumi/pulumi/";

/** Packages of other clouds. The examples that import them install them on their own. */
const CLOUDS = "^(?:@pulumi/(?:aws|kubernetes)|@aws-sdk/[^/]+)(?:/|$)";

const CLOCK = "^provider/clock\\.ts$";

/**
 * A folder that imports only what is listed.
 * @param {string} name The rule's name.
 * @param {string} comment The reason, and the way out.
 * @param {string} from A regular expression for the importing files.
 * @param {string[]} to Regular expressions for what they may import.
 * @param {{ typesOf?: string, exceptFrom?: string }} [more] Modules of which types may be imported; files to which the rule does not apply.
 */
function only(name, comment, from, to, { typesOf, exceptFrom } = {}) {
  const source = { path: from, ...(exceptFrom ? { pathNot: exceptFrom } : {}) };
  const allowed = to.join("|");
  if (typesOf === undefined) return [{ name, comment, severity: "error", from: source, to: { pathNot: allowed } }];
  return [
    { name, comment, severity: "error", from: source, to: { pathNot: `${allowed}|${typesOf}` } },
    {
      name: `${name}-types`,
      comment: `${comment} Of ${typesOf} import types only.`,
      severity: "error",
      from: source,
      to: { path: typesOf, dependencyTypesNot: ["type-only"] },
    },
  ];
}

/**
 * The layers of a folder, the lowest first. Folders of one layer do not import each other.
 * @param {string} folder The folder.
 * @param {string} comment The reason, and the way out.
 * @param {string[][]} layers The folders in it.
 * @param {Record<string, string>} packages The packages and Node modules that each of them may import, as a regular expression.
 */
function layersOf(folder, comment, layers, packages) {
  return layers.flatMap((folders, layer) => {
    const below = layers.slice(0, layer).flat();
    return folders.flatMap((inner) => {
      const inside = `^provider/${folder}/(?:${[inner, ...below].join("|")})/`;
      const allowed = [inside, CLOCK, packages[inner] ?? "^$"];
      return only(`${folder}-${inner}`, comment, `^provider/${folder}/${inner}/`, allowed);
    });
  });
}

const SUGGESTIONS = "^node_modules/fastest-levenshtein/";

const coreLayers = layersOf(
  "core",
  "core/: operations → reconcile → state, ownership → resource → schema. Move what is shared to a lower folder.",
  [["schema"], ["resource"], ["state", "ownership"], ["reconcile"], ["operations"]],
  { schema: SUGGESTIONS },
);

const NODE = "^[a-z0-9_/]+$";

const rhombusLayers = layersOf(
  "rhombus",
  "rhombus/: api → http → settings → errors → redaction → ids, json. Each package is imported by one folder. Move what is shared to a lower folder.",
  [["ids", "json"], ["redaction"], ["errors"], ["settings"], ["http"], ["api"]],
  {
    ids: "^node_modules/(?:@types/)?uuid/",
    settings: NODE,
    http: `${NODE}|^node_modules/(?:@types/)?(?:axios|hpagent|proxy-from-env)/`,
    api: "^http$|^node_modules/valibot/",
  },
);

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: `^pulumi-rhombus(?:/|$)|${CLOUDS}` },
    },
    {
      name: "no-dist",
      comment: "dist/ is what the last build wrote. Import the source under provider/, or the package by its name.",
      severity: "error",
      from: { path: "^(?:provider|test|bench)/" },
      to: { path: "^dist/" },
    },
    ...coreLayers,
    ...rhombusLayers,
    ...only(
      "core",
      "core/ imports no other folder, no SDK, no HTTP and no Node module. Take the value as a parameter.",
      "^provider/core/",
      ["^provider/core/", CLOCK, "^node_modules/fastest-levenshtein/"],
    ),
    ...only(
      "rhombus-schemas",
      "schemas/ describes the answers of the API: it imports valibot, json/ and the schemas beside it.",
      "^provider/rhombus/api/schemas/",
      ["^provider/rhombus/(?:api/schemas|json)/", "^node_modules/valibot/"],
    ),
    ...only("rhombus", "rhombus/ knows the vendor's API and no other folder.", "^provider/rhombus/", [
      "^provider/rhombus/",
      CLOCK,
      NODE,
      "^node_modules/",
    ]),
    ...only(
      "pulumi",
      "pulumi/ fits core/ to the SDK. It knows no resource and no API: take the definition or the session as a parameter.",
      "^provider/pulumi/",
      ["^provider/(?:pulumi|core)/", "^http2$", SDK],
    ),
    ...only(
      "definition",
      "A definition imports core/, rhombus/ and fields/, never the SDK, pulumi/ or another resource. What a program sees goes into resource.ts.",
      "^provider/resources/([^/]+)/",
      ["^provider/(?:core|rhombus)/", "^provider/resources/(?:fields|shared|$1)/", "^node_modules/uuid/"],
      { typesOf: SDK, exceptFrom: "/resource\\.ts$" },
    ),
    {
      name: "definition-sees-no-resource",
      comment: "A definition does not import resource.ts.",
      severity: "error",
      from: { path: "^provider/resources/", pathNot: "/resource\\.ts$" },
      to: { path: "^provider/resources/[^/]+/resource\\.ts$" },
    },
    ...only(
      "resource",
      "resource.ts imports the base class, its own definition and fields/. What the engine runs goes into definition.ts.",
      "^provider/resources/([^/]+)/resource\\.ts$",
      ["^provider/pulumi/declare/resource\\.ts$", "^provider/resources/(?:fields|shared|$1)/"],
      { typesOf: SDK },
    ),
    ...only(
      "index",
      "index.ts is the public list: resources, fields, look-ups, Provider and errors.",
      "^provider/index\\.ts$",
      [
        "^provider/provider\\.ts$",
        "^provider/resources/",
        "^provider/lookups/",
        "^provider/rhombus/(?:errors|settings)/",
      ],
    ),
    ...only("runtime", "runtime.ts is frozen and imports the session only.", "^provider/runtime\\.ts$", [
      "^provider/session\\.ts$",
    ]),
    ...only(
      "wiring",
      "The files that join the folders, and look-ups, import no emulator, no command and no entrance (index, runtime).",
      "^provider/(?:[^/]+\\.ts$|lookups/)",
      ["^provider/(?:core|rhombus|pulumi|resources|lookups)/", "^provider/(?:provider|session|programLog)\\.ts$", SDK],
      { exceptFrom: "^provider/(?:index|runtime)\\.ts$" },
    ),
    ...only(
      "emulator",
      "emulator/ imports no other folder, so that it cannot share a mistake with the provider.",
      "^provider/emulator/",
      ["^provider/emulator/", "^[a-z0-9_/]+$", "^node_modules/uuid/"],
    ),
    {
      name: "cli",
      comment: "Commands call the API through RhombusApi and import modules, not the entrances index and runtime.",
      severity: "error",
      from: { path: "^provider/cli/" },
      to: { path: "^provider/(?:index|runtime)\\.ts$|^node_modules/(?:axios|axios-retry|hpagent)/" },
    },
    {
      name: "above",
      comment: "Only commands and tests import emulator/ and cli/.",
      severity: "error",
      from: { path: "^provider/", pathNot: "^provider/(?:cli|emulator)/" },
      to: { path: "^provider/(?:cli|emulator)/" },
    },
    ...only(
      "examples",
      "Examples import the package, the SDK, those of other clouds, and what is listed.",
      "^examples/",
      [
        "^examples/",
        CLOUDS,
        "^pulumi-rhombus",
        "^provider/(?:index|emulator/index)",
        "^(?:dist|package\\.json)",
        "^(?:node:)?[a-z0-9_/]+$",
        "^node_modules/(?:@types/)?(?:@pulumi|pulumi-rhombus|mocha)/",
        // The positions of YAML, and the nearest of two names.
        "^node_modules/(?:yaml|fastest-levenshtein)/",
      ],
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules|^dist" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "node", "import", "default"] },
  },
};
