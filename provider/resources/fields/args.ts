import type { Input } from "@pulumi/pulumi";
import type { Field, Fields } from "../../core/schema/field";

/**
 * The arguments in which a program writes some fields. Each field's docstring becomes that of its argument.
 *
 * Extend it with an interface (`export interface GroupArgs extends ArgsOf<typeof fields> {}`), and let the interface of
 * spread fields come first (`extends BadgeOptionsArgs, ArgsOf<typeof fields>`): TypeScript keeps the docstrings in editors,
 * reference pages and declaration files only then. For the same reason it maps over `Pick`, not over `Exclude`.
 */
export type ArgsOf<F extends Fields> = {
  [Name in keyof Pick<F, OptionalNames<F>>]?: InputOf<WrittenOf<F[Name]>>;
} & {
  [Name in keyof Pick<F, RequiredNames<F>>]: InputOf<WrittenOf<F[Name]>>;
};

type WrittenOf<F> = F extends Field<unknown, infer Written> ? Written : never;

type IsRequired<F extends Field> = F["modifiers"] extends { readonly required: true } ? true : false;

type RequiredNames<F extends Fields> = { [Name in keyof F]: IsRequired<F[Name]> extends true ? Name : never }[keyof F];

type OptionalNames<F extends Fields> = { [Name in keyof F]: IsRequired<F[Name]> extends true ? never : Name }[keyof F];

/** A value, or a part of it, may be an output. */
type InputOf<Written> = [Written] extends [readonly (infer Member)[]]
  ? Input<Input<Member>[]>
  : string extends keyof Written
    ? Input<Record<string, InputOf<Written[string & keyof Written]>>>
    : Input<Written>;
