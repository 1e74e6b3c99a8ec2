import type * as pulumi from "@pulumi/pulumi";
import type { Provider } from "../../provider";

/** Options of a look-up. */
export interface LookupOptions {
  /** The explicit provider to use. Default: the settings of the stack config `rhombus:*`, then of the environment. */
  provider?: Provider;
}

/** Options of a look-up that returns an output. */
export interface LookupOutputOptions extends LookupOptions {
  /**
   * Resources that must exist before the look-up, besides those that the arguments come from. In a preview, the result is
   * unknown while one of them does not exist. Default: none.
   */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/** The argument that every look-up by name has. */
export interface LookupMissing {
  /**
   * The result for an object that does not exist. `"error"`: the look-up fails and suggests similar names. `"omit"`: the
   * object is left out of a list; a look-up of one object returns `undefined`. Default: `"error"`.
   */
  missing?: "error" | "omit";
}

/** The place of doors and access grants. At most one of `location` and `locationUuid` is allowed. */
export interface LookupPlace extends LookupMissing {
  /** The name of a location. Objects at it and at the locations inside it are found. Default: anywhere. */
  location?: string;
  /** The RUUID of a location, instead of its name. */
  locationUuid?: string;
}

/** The arguments of a look-up, as values or outputs. `missing` must be a value. */
export type LookupOutputArgs<Args> = {
  [Name in keyof Args]: Name extends keyof LookupMissing
    ? Args[Name]
    : [Args[Name]] extends [readonly (infer Item)[] | undefined]
      ? pulumi.Input<pulumi.Input<Item>[]>
      : pulumi.Input<Args[Name]>;
};
