/** Ends all processes that descend from one, and not that one itself. */
export declare function endDescendants(pid: number): Promise<void>;

/** The processes that descend from one, without that one itself. */
export declare function descendantsOf(pid: number): Promise<number[]>;

/** Whether a process runs. One that has ended, and that its parent has yet to notice, does not. */
export declare function isRunning(pid: number): Promise<boolean>;
