// Usage: node install.mjs <root> <version>. Installs the official distribution into <root>/bin.
import { createRequire } from "node:module";

const [root, version] = process.argv.slice(2);
const automation = createRequire(import.meta.url).resolve("@pulumi/pulumi/automation");
const requireFromSdk = createRequire(automation);
const { PulumiCommand } = requireFromSdk(automation);
// The Automation API accepts a version only as an object of its own semver package.
const { SemVer } = requireFromSdk("semver");
await PulumiCommand.install({ root, version: new SemVer(version) });
