/**
 * The commands to continue by hand with the stack of `--keep`.
 * @param {object} options
 * @param {import("./pulumi.mjs").Pulumi} options.pulumi
 * @param {import("../../provider/emulator/index.js").Emulator} options.emulator
 * @param {typeof import("../../provider/emulator/index.js").campusSeed.acme} options.acme
 */
export function keepInstructions({ pulumi, emulator, acme }) {
  const exports = Object.entries(pulumi.settings).map(([name, value]) => `export ${name}=${shellQuoted(value)}`);
  const group = emulator
    .console(acme.orgUuid)
    .groups()
    .find(({ name }) => name === "Engineers");
  const change = JSON.stringify({ groupUuid: group?.uuid, name: "Engineers", description: "Changed by hand" });
  return `The stack stays deployed, and the emulator runs until you press Ctrl-C here. In another terminal, run:

cd ${shellQuoted(pulumi.folder)}
export PATH=${shellQuoted(pulumi.bin)}:"$PATH"
${exports.join("\n")}

pulumi preview --diff                 # shows no change until you edit examples/campus/index.ts
pulumi stack output --show-secrets    # the webhook's URL and its signing key
pulumi up
pulumi destroy

Change something outside of Pulumi, so that pulumi refresh --diff finds it: open ${emulator.url} in a browser and use its
buttons, or run this (the key works in the emulator only):

curl -s ${emulator.url}/api/accesscontrol/updateAccessControlGroup \\
  -H 'content-type: application/json' -H 'x-auth-scheme: api-token' -H 'x-auth-apikey: ${acme.apiKey}' \\
  -d ${shellQuoted(change)}
`;
}

/**
 * Quotes a text for the shell, if necessary.
 * @param {string} text
 */
function shellQuoted(text) {
  return /^[\w/.:=@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
