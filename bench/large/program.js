// The program of the large stacks: it makes of a JSON file what a person would have written out.
const rhombus = require("pulumi-rhombus");

for (const [name, { type, inputs }] of Object.entries(require("./declared.json"))) new rhombus[type](name, inputs);
