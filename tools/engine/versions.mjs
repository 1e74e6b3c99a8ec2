/** The Pulumi CLI that the tools download or build; the Go module in `go/cli` names the same version. */
export const ENGINE_VERSION = "3.259.0";

/** The oldest Pulumi CLI accepted from PATH: the first one whose provider protocol lets `read` return inputs. */
export const MINIMUM_VERSION = "3.216.0";

/**
 * Parses the output of `pulumi version`: `v3.259.0` from official releases, `3.259.0` from a build of the Go modules.
 * @param {string} text
 * @returns The version and its parts; undefined if the text is not a version.
 */
export function parseVersion(text) {
  const match = /^v?((\d+)\.(\d+)\.(\d+)(-[0-9A-Za-z.-]+)?)(?:\+[0-9A-Za-z.-]+)?$/.exec(text.trim());
  if (!match) return undefined;
  const [, version = "", major, minor, patch, prerelease] = match;
  return { text: version, major: Number(major), minor: Number(minor), patch: Number(patch), prerelease };
}

/**
 * True if a CLI of this version can run the suites. It must be at least the minimum, and of the same major version,
 * because the Automation API refuses others.
 * @param {string} text
 */
export function isUsableVersion(text) {
  const version = parseVersion(text);
  const minimum = parseVersion(MINIMUM_VERSION);
  if (!version || !minimum || version.major !== minimum.major) return false;
  const difference = version.minor - minimum.minor || version.patch - minimum.patch;
  return difference > 0 || (difference === 0 && version.prerelease === undefined);
}
