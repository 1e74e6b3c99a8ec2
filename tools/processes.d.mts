/** Ends all descendants of a process, but not the process itself. */
export declare function endDescendants(pid: number): Promise<void>;

/** The ids of all descendants of a process. */
export declare function descendantsOf(pid: number): Promise<number[]>;

/** The ids of all descendants of a process, read from /proc; none on systems without it. */
export declare function descendantsInProc(pid: number): number[];

/** Reports if a process runs. A zombie (ended, not yet collected by its parent) does not run. */
export declare function isRunning(pid: number): Promise<boolean>;
