// Before `pulumi up` (the RUUID is that of a user, one line for each member):
//   pulumi config set --secret rhombus:apiKey
//   pulumi config set --secret geneaApiToken
//   pulumi config set --path 'contractors[0]' <RUUID>

import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "pulumi-rhombus";

const config = new pulumi.Config();

// Takes over the existing group "Contractors". Members that the program does not list are removed only after a refresh
// has shown them.
const contractors = new rhombus.AccessControlGroup("contractors", {
  name: "Contractors",
  userUuids: config.requireObject<string[]>("contractors"),
  adopt: true,
});

// Takes over the Genea integration that was set up in the console. An organization has only one, so no name is needed.
const genea = new rhombus.GeneaIntegration("genea", {
  apiToken: config.requireSecret("geneaApiToken"),
  saveClips: true,
  adopt: true,
});

export const groupId = contractors.id;
export const geneaTokenValid = genea.tokenValid;
