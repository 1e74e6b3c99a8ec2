import type { Stream } from "../output/terminal";

/** The number of steps of the bar. */
const WIDTH = 30;

/** The smallest number of items for which a bar is shown. */
const FEWEST = 20;

/**
 * Draws a progress bar on one line of a terminal. Other streams, and a few items, get no bar.
 * @param screen The stream to draw on.
 * @param total The number of items to read.
 */
export function progressOn(screen: Stream, total: number) {
  let done = 0;
  const write = (text: string) => {
    if (screen.isTTY === true && total >= FEWEST) screen.write(text);
  };
  const draw = () => {
    const filled = Math.floor((WIDTH * done) / total);
    write(`\r[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${done}/${total}`);
  };
  draw();
  return {
    /** Counts an item that has been read. */
    advance() {
      done += 1;
      draw();
    },
    /** Removes the bar. */
    end: () => write("\r\u001b[K"),
  };
}
