/**
 * A program with every secret, some of them declared as plain text, and with a bait in what is no secret. It is written for
 * the CLI, which runs it as a file, and runs in this process as well.
 */
export const engineProgram = `
const pulumi = require("@pulumi/pulumi");
const rhombus = require("pulumi-rhombus");

module.exports = async () => {
  const config = new pulumi.Config();
  const bait = config.require("bait");
  const saveClips = config.getBoolean("saveClips");
  const badges = new rhombus.OnGuardIntegration("hq", { displayName: bait, adopt: config.require("adopt"), saveClips });
  const genea = new rhombus.GeneaIntegration("genea", { apiToken: config.requireSecret("apiToken"), saveClips });
  const locks = new rhombus.KisiIntegration("kisi", {
    apiSecretKey: config.require("apiSecretKey"),
    placeToSettingsMap: { [config.require("place")]: { saveClips } },
  });
  const provider = new rhombus.Provider("bluebird", {
    apiKey: config.require("apiKey"),
    endpoint: config.require("endpoint"),
    clientCertificate: config.require("clientCertificate"),
    clientKey: config.requireSecret("clientKey"),
  });
  const first = new rhombus.KisiIntegration(
    "first",
    { apiVersion: "V1", apiSecretKey: config.requireSecret("firstKey"), saveClips },
    { provider },
  );
  new rhombus.AccessControlGroup("staff", { name: "Staff", description: \`\${bait} \${saveClips}\` });
  const { webhookUrl, presharedSecret, rhombusToken } = badges;
  const { refreshToken, webhookSignatureSecret } = genea;
  const { placeTokens, apiSecretKey } = locks;
  return {
    ...{ webhookUrl, presharedSecret, rhombusToken, refreshToken, webhookSignatureSecret, placeTokens, apiSecretKey },
    ...{ geneaToken: genea.rhombusToken, apiToken: genea.apiToken, firstToken: first.rhombusToken },
    said: pulumi.interpolate\`the hook is \${webhookUrl}\`,
    bait,
    note: config.get("note"),
  };
};
`;
