/** The versions of Pulumi's SDK that we say we support: the oldest and, at the time of a release, the newest. */
export declare const SDK_VERSIONS: readonly string[];

/** The versions of Node that we say we support: the oldest, and the newest of the current line. */
export declare const NODE_VERSIONS: readonly string[];

/** The TypeScript beside the SDK: without one, the SDK would take the old one that it brings. */
export declare const TYPESCRIPT_VERSION: string;
