/** The supported versions of Pulumi's SDK: the oldest, and the newest at the time of the release. */
export declare const SDK_VERSIONS: readonly string[];

/** The supported versions of Node: the oldest, and the newest of the current line. */
export declare const NODE_VERSIONS: readonly string[];

/** The TypeScript version installed beside the SDK, which otherwise uses the old one that it contains. */
export declare const TYPESCRIPT_VERSION: string;
