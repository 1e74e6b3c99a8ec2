// The import arrows of the house (docs/architecture.md), described here and nowhere else. `npm run lint:arrows` checks them.

const SDK = "^node_modules/@pulumi/pulumi/";

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

/** The floors of core/, the lowest first. Rooms on one floor do not import each other. */
const FLOORS = [["schema"], ["resource"], ["state", "ownership"], ["reconcile"], ["operations"]];

const coreFloors = FLOORS.flatMap((rooms, floor) => {
  const below = FLOORS.slice(0, floor).flat();
  return rooms.flatMap((room) =>
    only(
      `core-${room}`,
      "core/: operations → reconcile → state, ownership → resource → schema. Move what is shared to a lower room.",
      `^provider/core/${room}/`,
      [`^provider/core/(?:${[room, ...below].join("|")})/`, "^node_modules/fastest-levenshtein/"],
    ),
  );
});

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no-circular", severity: "error", from: {}, to: { circular: true } },
    {
      name: "no-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^pulumi-rhombus(?:/|$)" },
    },
    {
      name: "no-dist",
      comment: "dist/ is what the last build wrote. Import the source under provider/, or the package by its name.",
      severity: "error",
      from: { path: "^(?:provider|test|bench)/" },
      to: { path: "^dist/" },
    },
    ...coreFloors,
    ...only(
      "core",
      "core/ imports no other room, no SDK, no HTTP and no Node module. Take the value as a parameter.",
      "^provider/core/",
      ["^provider/core/", "^node_modules/fastest-levenshtein/"],
    ),
    ...only(
      "rhombus-schemas",
      "schemas/ describes the answers of the API: it imports valibot, json/ and the schemas beside it.",
      "^provider/rhombus/api/schemas/",
      ["^provider/rhombus/(?:api/schemas|json)/", "^node_modules/valibot/"],
    ),
    ...only(
      "rhombus",
      "rhombus/ knows the vendor's API and no other room; only http/ and api/client.ts import axios.",
      "^provider/rhombus/",
      ["^provider/rhombus/", "^[a-z0-9_/]+$", "^node_modules/(?:@types/)?(?:ini|proxy-from-env|uuid)/"],
      { exceptFrom: "^provider/rhombus/(?:http/|api/schemas/|api/client\\.ts$)" },
    ),
    ...only(
      "rhombus-http",
      "http/ knows HTTP and the modules of rhombus/.",
      "^provider/rhombus/(?:http/|api/client\\.ts$)",
      [
        "^provider/rhombus/",
        "^[a-z0-9_/]+$",
        "^node_modules/(?:@types/)?(?:axios|axios-retry|hpagent|proxy-from-env)/",
      ],
    ),
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
      "index.ts is the public list: resources, fields, look-ups and Provider.",
      "^provider/index\\.ts$",
      ["^provider/provider\\.ts$", "^provider/resources/", "^provider/lookups/"],
    ),
    ...only("runtime", "runtime.ts is frozen and imports the session only.", "^provider/runtime\\.ts$", [
      "^provider/session\\.ts$",
    ]),
    ...only(
      "wiring",
      "The files that join the rooms, and look-ups, import no emulator, no command and no entrance (index, runtime).",
      "^provider/(?:[^/]+\\.ts$|lookups/)",
      ["^provider/(?:core|rhombus|pulumi|resources|lookups)/", "^provider/(?:provider|session|programLog)\\.ts$", SDK],
      { exceptFrom: "^provider/(?:index|runtime)\\.ts$" },
    ),
    ...only(
      "emulator",
      "emulator/ imports no other room, so that it cannot share a mistake with the provider.",
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
    ...only("examples", "Examples import the package and the SDK.", "^examples/", [
      "^examples/",
      "^pulumi-rhombus",
      "^provider/(?:index|emulator/index)",
      "^(?:dist|package\\.json)",
      "^(?:node:)?[a-z0-9_/]+$",
      "^node_modules/(?:@types/)?(?:@pulumi|pulumi-rhombus|mocha)/",
    ]),
  ],
  options: {
    doNotFollow: { path: "node_modules|^dist" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["require", "node", "import", "default"] },
  },
};
