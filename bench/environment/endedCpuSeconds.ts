import { readFileSync } from "node:fs";

/** Linux reports CPU time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** The CPU seconds of all ended descendants of this process; undefined if the system does not report them. */
export function endedCpuSeconds(): number | undefined {
  try {
    // The fields follow the name of the process, which is in parentheses and may contain spaces.
    const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
    const [user, system] = [Number(fields[13]), Number(fields[14])];
    return (user + system) / TICKS_PER_SECOND;
  } catch {
    return undefined;
  }
}
