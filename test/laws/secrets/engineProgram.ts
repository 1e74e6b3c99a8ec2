/**
 * A program with every secret, some of them declared as plain text, and with a marker in what is not secret. The CLI runs it
 * as a file, and this process runs it as well.
 */
export const engineProgram = `
const pulumi = require("@pulumi/pulumi");
const rhombus = require("pulumi-rhombus");

module.exports = async () => {
  const config = new pulumi.Config();
  const marker = config.require("marker");
  const saveClips = config.getBoolean("saveClips");
  const badges = new rhombus.OnGuardIntegration("hq", { displayName: marker, adopt: config.require("adopt"), saveClips });
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
  new rhombus.AccessControlGroup("staff", { name: "Staff", description: \`\${marker} \${saveClips}\` });
  const { webhookUrl, presharedSecret, rhombusToken } = badges;
  const { refreshToken, webhookSignatureSecret } = genea;
  const { placeTokens, apiSecretKey } = locks;
  return {
    ...{ webhookUrl, presharedSecret, rhombusToken, refreshToken, webhookSignatureSecret, placeTokens, apiSecretKey },
    ...{ geneaToken: genea.rhombusToken, apiToken: genea.apiToken, firstToken: first.rhombusToken },
    sentence: pulumi.interpolate\`the hook is \${webhookUrl}\`,
    marker,
    note: config.get("note"),
  };
};
`;
