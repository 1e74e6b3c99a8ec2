// Before `pulumi up`, with RUUIDs of users for the members:
//   pulumi config set --secret rhombus:apiKey
//   pulumi config set --secret geneaApiToken
//   pulumi config set --path 'contractors[0]' <RUUID>

import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "pulumi-rhombus";

const config = new pulumi.Config();

// The group "Contractors" exists: this takes it over. Members whom the program does not name stay until a refresh shows them.
const contractors = new rhombus.AccessControlGroup("contractors", {
  name: "Contractors",
  userUuids: config.requireObject<string[]>("contractors"),
  adopt: true,
});

// Genea was set up in the console: an organization has one such integration, so no name is needed.
const genea = new rhombus.GeneaIntegration("genea", {
  apiToken: config.requireSecret("geneaApiToken"),
  saveClips: true,
  adopt: true,
});

export const groupId = contractors.id;
export const geneaTokenValid = genea.tokenValid;
