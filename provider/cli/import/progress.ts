import type { Stream } from "../output/terminal";

/** A progress bar for a long reading. */
export interface Progress {
  /** Starts the bar, once the number of items to read is known. */
  begin(total: number): void;
  /** Counts an item that has been read. */
  advance(): void;
  /** Removes the bar, when everything is read or the reading has failed. */
  end(): void;
}

/** The number of steps of the bar. */
const WIDTH = 30;

/** The smallest number of items for which a bar is shown. */
const FEWEST = 20;

/**
 * A progress bar on one line of a terminal. Other streams get no bar.
 * @param screen The stream to draw on.
 */
export function progressOn(screen: Stream): Progress {
  let [total, done] = [0, 0];
  const write = (text: string) => {
    if (screen.isTTY === true && total >= FEWEST) screen.write(text);
  };
  const draw = () => {
    const filled = Math.floor((WIDTH * done) / total);
    write(`\r[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${done}/${total}`);
  };
  return {
    begin(all) {
      [total, done] = [all, 0];
      draw();
    },
    advance() {
      done += 1;
      draw();
    },
    end: () => write("\r\u001b[K"),
  };
}
