/** The versions of Pulumi's SDK that we say we support: the oldest and, at the time of a release, the newest. */
export const SDK_VERSIONS = ["3.216.0", "3.270.0"];

/** The versions of Node that we say we support: the oldest, and the newest of the current line. */
export const NODE_VERSIONS = ["20.19.0", "24.21.0"];

/** The TypeScript beside the SDK: without one, the SDK would take the old one that it brings. */
export const TYPESCRIPT_VERSION = "5.9.3";
