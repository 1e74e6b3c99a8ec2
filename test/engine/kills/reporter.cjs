// Loaded by each Node process that the CLI starts: the process of the provider writes its id.
const { writeFileSync } = require("node:fs");
const path = require("node:path");

if (/dynamic-provider/.test(process.argv[1] ?? "")) {
  writeFileSync(path.join(process.env.PULUMI_HOME, "provider.pid"), String(process.pid));
}
