// The implementation that tutorials teach: a provider class that calls axios, with one instance for each resource.
const pulumi = require("@pulumi/pulumi");
const axios = require("axios");
const { groups } = require("./groups.js");

class GroupProvider {
  async configure({ config }) {
    this.endpoint = config.require("rhombus:endpoint");
    this.apiKey = config.require("rhombus:apiKey");
  }

  async create(inputs) {
    const { name, description, userUuids } = inputs;
    const { group } = await this.call("createAccessControlGroup", { name, description, userUuids });
    return { id: group.uuid, outs: inputs };
  }

  async update(id, _olds, news) {
    const { name, description } = news;
    await this.call("updateAccessControlGroup", { groupUuid: id, name, description });
    return { outs: news };
  }

  async delete(id) {
    await this.call("deleteAccessControlGroup", { groupUuid: id });
  }

  async call(operation, body) {
    const headers = { "x-auth-scheme": "api-token", "x-auth-apikey": this.apiKey };
    const { data } = await axios.post(`${this.endpoint}/api/accesscontrol/${operation}`, body, { headers });
    return data;
  }
}

class Group extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(new GroupProvider(), name, args);
  }
}

for (const group of groups) new Group(group.name, group);
