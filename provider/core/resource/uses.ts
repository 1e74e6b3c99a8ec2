/** An object that names another one, and would lose it if that were deleted. */
export interface Use {
  /** The label, such as `the access grant "Gates"`. */
  readonly label: string;
  /** The consequence of a deletion for it, as a sentence. Absent: it needs no word. */
  readonly consequence?: string;
}

/** The objects that use an object. */
export interface Uses {
  /** Those that reads show. */
  readonly found: readonly Use[];
  /** The reason why there may be others, as a clause; absent if there are none. */
  readonly notShown?: string;
}
