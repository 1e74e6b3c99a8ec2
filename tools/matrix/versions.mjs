/** The supported versions of Pulumi's SDK: the oldest, and the newest at the time of the release. */
export const SDK_VERSIONS = ["3.216.0", "3.270.0"];

/** The supported versions of Node: the oldest, and the newest of the current line. */
export const NODE_VERSIONS = ["20.19.0", "24.21.0"];

/** The TypeScript version installed beside the SDK, which otherwise uses the old one that it contains. */
export const TYPESCRIPT_VERSION = "5.9.3";
