// Before `pulumi up` (the last line once for each client, with a name of your choice):
//   pulumi config set --secret rhombus:apiKey
//   pulumi config set rhombus:partner true
//   pulumi config set --path clients.<name> <RUUID of the organization>

import * as pulumi from "@pulumi/pulumi";
import * as rhombus from "pulumi-rhombus";

const config = new pulumi.Config();
const clients = config.requireObject<Record<string, string>>("clients");

// The providers take the partner's key from rhombus:apiKey, and `partner: true` from rhombus:partner.
export const groups = Object.entries(clients).map(([client, orgUuid]) => {
  const provider = new rhombus.Provider(client, { orgUuid });
  const name = `${client}-installers`;
  return new rhombus.AccessControlGroup(name, { name: "Installers" }, { provider }).id;
});
