import { connect } from "node:http2";

/** The engine gives its address to each provider that it starts, as the first argument. */
const ADDRESS = /^(?:127\.0\.0\.1|\[::1\]|localhost):\d+$/;

const PAUSE_MS = 1000;

const watched = new Set<string>();

/**
 * Ends this process as soon as the engine that started it is gone. An engine ends its providers itself, unless it is
 * killed: a provider that then went on would change what the next `pulumi up`, or `pulumi destroy`, has already dealt with.
 * @param address Where the engine listens. Anything else is ignored, and so is an address where nobody answers at first.
 * @param end What to do then. Default: end the process.
 */
export function endWithEngine(address: string | undefined, end: () => void = () => process.exit()): void {
  if (address === undefined || !ADDRESS.test(address) || watched.has(address)) return;
  watched.add(address);
  watch(address, false, end);
}

function watch(address: string, hasAnswered: boolean, end: () => void): void {
  let answers = false;
  let isRefused = false;
  const session = connect(`http://${address}`);
  session.once("remoteSettings", () => {
    answers = true;
  });
  session.on("error", (error: NodeJS.ErrnoException) => {
    isRefused = error.code === "ECONNREFUSED";
  });
  session.once("close", () => {
    const again = () => watch(address, true, end);
    // A connection may break by itself. Where nobody listens any more, the engine is gone.
    if (answers) again();
    else if (hasAnswered && isRefused) end();
    else if (hasAnswered) setTimeout(again, PAUSE_MS).unref();
  });
  session.unref();
}
