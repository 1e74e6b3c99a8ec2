/** Shows how far a long reading is. */
export interface Progress {
  /** The number of things to read is known. */
  begin(total: number): void;
  /** One more has been read. */
  advance(): void;
  /** All is read, or the reading has failed. */
  end(): void;
}

/** Where a bar can be shown. */
export interface Screen {
  /** Whether it is a terminal; a bar in a file or a log would be noise. */
  readonly isTTY?: boolean;
  /** Writes a text. */
  write(text: string): unknown;
}

const WIDTH = 30;

/** Fewer are read in a moment. */
const FEWEST = 20;

/**
 * A bar that grows in one line, and is wiped out at the end.
 * @param screen Where to show it.
 */
export function progressOn(screen: Screen): Progress {
  let [total, done] = [0, 0];
  const isShown = () => screen.isTTY === true && total >= FEWEST;
  const draw = () => {
    const filled = Math.floor((WIDTH * done) / total);
    screen.write(`\r[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${done}/${total}`);
  };
  return {
    begin(all) {
      [total, done] = [all, 0];
      if (isShown()) draw();
    },
    advance() {
      done += 1;
      if (isShown()) draw();
    },
    end() {
      if (isShown()) screen.write("\r\u001b[K");
    },
  };
}
