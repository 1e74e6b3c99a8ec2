import { readFileSync, statSync } from "node:fs";

/** A file, or a profile in it, that cannot be used. The message is the reason and the fix. */
export class FileFault extends Error {
  /**
   * Takes the problem.
   * @param reason The message.
   * @param isMissing True if there is no such file, profile or key. Default: false.
   */
  constructor(
    reason: string,
    readonly isMissing = false,
  ) {
    super(reason);
    this.name = "FileFault";
  }
}

// Far more than settings, certificates and keys need.
const LARGEST_FILE = 1024 * 1024;

/**
 * The text of a small file, without a byte order mark.
 * @throws FileFault if it cannot be read. The message follows the name of the file, such as `does not exist`.
 */
export function textOfFile(file: string): string {
  try {
    const found = statSync(file);
    if (!found.isFile()) throw new FileFault("is not a file");
    if (found.size > LARGEST_FILE) throw new FileFault("is larger than 1 MiB");
    return readFileSync(file, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    throw error instanceof FileFault ? error : faultOf(error);
  }
}

/** True if other users may read a file. Always false on Windows. */
export function isOpenToOthers(file: string): boolean {
  return process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0;
}

/** The fault behind an error of the file system. */
export function faultOf(error: unknown): FileFault {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT" || code === "ENOTDIR" || code === "ENAMETOOLONG") return new FileFault("does not exist", true);
  if (code === "EACCES" || code === "EPERM") return new FileFault("may not be read by this user");
  return new FileFault(`cannot be read (${code ?? "for an unknown reason"})`);
}
