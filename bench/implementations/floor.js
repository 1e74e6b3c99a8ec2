// The least that a dynamic resource can cost: it does nothing, and all resources share one provider object, which the SDK
// then serialises once.
const pulumi = require("@pulumi/pulumi");
const { groups } = require("./groups.js");

const provider = {
  async create(inputs) {
    return { id: inputs.name, outs: inputs };
  },
};

class Group extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(provider, name, args);
  }
}

for (const group of groups) new Group(group.name, group);
