/**
 * How to go on by hand with a stack that was kept.
 *
 * @param {object} kept
 * @param {import("./pulumi.mjs").Pulumi} kept.pulumi
 * @param {import("../../provider/emulator/index.js").Emulator} kept.emulator
 * @param {typeof import("../../provider/emulator/index.js").campusSeed.acme} kept.acme
 */
export function instructions({ pulumi, emulator, acme }) {
  const exports = Object.entries(pulumi.settings).map(([name, value]) => `export ${name}=${quoted(value)}`);
  const group = emulator
    .console(acme.orgUuid)
    .groups()
    .find(({ name }) => name === "Engineers");
  const change = JSON.stringify({ groupUuid: group?.uuid, name: "Engineers", description: "Changed by hand" });
  return `The stack stays, and the emulator runs until you press Ctrl-C here. In another terminal:

cd ${quoted(pulumi.folder)}
export PATH=${quoted(pulumi.bin)}:"$PATH"
${exports.join("\n")}

pulumi preview --diff                 # nothing to do; edit examples/campus/index.ts, and it shows what
pulumi stack output --show-secrets    # the webhook's URL and its signing key
pulumi up
pulumi destroy

Somebody else's change, for pulumi refresh --diff to find (the key is the emulator's and opens nothing else):

curl -s ${emulator.url}/api/accesscontrol/updateAccessControlGroup \\
  -H 'content-type: application/json' -H 'x-auth-scheme: api-token' -H 'x-auth-apikey: ${acme.apiKey}' \\
  -d ${quoted(change)}
`;
}

/**
 * A word for the shell.
 *
 * @param {string} text
 */
function quoted(text) {
  return /^[\w/.:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
