import { connect } from "node:http2";

/** The address of the engine on this machine. The engine passes it to each provider as the first argument. */
const ADDRESS = /^(?:127\.0\.0\.1|\[::1\]|localhost):\d+$/;

const PAUSE_MS = 1000;

const watched = new Set<string>();

/**
 * Ends this process when its engine has ended. An engine ends its providers itself, unless it is killed. A provider that
 * continued would interfere with the next `pulumi up` or `pulumi destroy`.
 * @param address The engine's address. Ignored if it is not an address of this machine, or if the first connection fails.
 * @param end Called when the engine has ended. Default: ends the process.
 */
export function endWithEngine(address: string | undefined, end: () => void = () => process.exit()): void {
  if (address === undefined || !ADDRESS.test(address) || watched.has(address)) return;
  watched.add(address);
  watch(address, false, end);
}

function watch(address: string, hasAnswered: boolean, end: () => void): void {
  let answers = false;
  let isRefused = false;
  const connection = connect(`http://${address}`);
  connection.once("remoteSettings", () => {
    answers = true;
  });
  connection.on("error", (error: NodeJS.ErrnoException) => {
    isRefused = error.code === "ECONNREFUSED";
  });
  connection.once("close", () => {
    const again = () => watch(address, true, end);
    // A connection may break while the engine runs. When the port refuses connections, the engine has ended.
    if (answers) again();
    else if (hasAnswered && isRefused) end();
    else if (hasAnswered) setTimeout(again, PAUSE_MS).unref();
  });
  connection.unref();
}
