import assert from "node:assert/strict";
import type { Output } from "@pulumi/pulumi";
import type { InputsOf } from "../../provider/core/schema/field";
import type * as rhombus from "../../provider/index";
import { definitions } from "../../provider/resources/registry";

type Definitions = typeof definitions;

/** What the outputs of a class hold, without those that no field stands for. */
type Held<Class, Names> = { [K in keyof Class & Names]?: Class[K] extends Output<infer T> ? T : never };

/** What a definition's checked inputs are, without instructions, which no output echoes. */
type Checked<Type extends keyof Definitions> = Omit<InputsOf<Definitions[Type]["fields"]>, "adopt">;

/** The type with all that is optional in it required, so that a name that one side lacks counts. */
type Whole<T> = T extends object ? { [K in keyof T]-?: Whole<NonNullable<T[K]>> } : T;

/** `true` when each fits where the other is wanted. */
type Same<One, Other> = [One, Other] extends [Other, One] ? true : false;

type SameAs<Type extends keyof Definitions, Class> = Same<
  Whole<Held<Class, keyof Checked<Type>>>,
  Whole<Checked<Type>>
>;

describe("the types of outputs", () => {
  it("are those of the checked inputs that they echo", () => {
    // The compiler is the test: these are `true` only as long as the types agree.
    const agreeing: Record<keyof Definitions, true> = {
      AccessControlGroup: true satisfies SameAs<"AccessControlGroup", rhombus.AccessControlGroup>,
      GeneaIntegration: true satisfies SameAs<"GeneaIntegration", rhombus.GeneaIntegration>,
      KisiIntegration: true satisfies SameAs<"KisiIntegration", rhombus.KisiIntegration>,
      OnGuardIntegration: true satisfies SameAs<"OnGuardIntegration", rhombus.OnGuardIntegration>,
    };
    assert.deepEqual(Object.keys(agreeing).sort(), Object.keys(definitions).sort());
  });
});
