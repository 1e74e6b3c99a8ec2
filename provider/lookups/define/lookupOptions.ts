import type * as pulumi from "@pulumi/pulumi";
import type { Provider } from "../../provider";

/** Where a look-up looks. */
export interface LookupOptions {
  /** The explicit provider whose organization to look at. Default: the stack config `rhombus:*`, then the environment. */
  provider?: Provider;
}

/** Where and when a look-up looks that answers with an output. */
export interface LookupOutputOptions extends LookupOptions {
  /**
   * Resources that have to exist before the look-up. While one of them does not, in a preview, the answer is unknown.
   * Default: those that the arguments come from.
   */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/** What a look-up does about what it does not find. */
export interface LookupMissing {
  /**
   * `"error"`: the look-up fails and names what is nearest. `"omit"`: it is left out of a list, and is `undefined` on its
   * own. Default: `"error"`.
   */
  missing?: "error" | "omit";
}

/** The arguments of a look-up where outputs may stand for values. */
export type LookupOutputArgs<Args> = {
  [Name in keyof Args]: Name extends keyof LookupMissing
    ? Args[Name]
    : [Args[Name]] extends [readonly (infer Item)[] | undefined]
      ? pulumi.Input<pulumi.Input<Item>[]>
      : pulumi.Input<Args[Name]>;
};
