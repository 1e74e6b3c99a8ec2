import { readFileSync } from "node:fs";

/** Linux counts in hundredths of a second, whatever its clock does. */
const TICKS_PER_SECOND = 100;

/**
 * The CPU seconds of all processes that this one, or those below it, have started and seen end. Absent where the machine does
 * not tell.
 */
export function endedCpuSeconds(): number | undefined {
  try {
    // The name before the last parenthesis may hold blanks.
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
    const [user, system] = [Number(fields[13]), Number(fields[14])];
    return (user + system) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
