// The groups with this package.
const { AccessControlGroup } = require("pulumi-rhombus");
const { groups } = require("./groups.js");

for (const group of groups) new AccessControlGroup(group.name, group);
