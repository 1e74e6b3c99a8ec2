// The program of the large stacks. It declares the resources of declared.json.
const rhombus = require("pulumi-rhombus");

for (const [name, { type, inputs }] of Object.entries(require("./declared.json"))) new rhombus[type](name, inputs);
