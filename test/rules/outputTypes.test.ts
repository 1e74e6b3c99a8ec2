import assert from "node:assert/strict";
import type { Output } from "@pulumi/pulumi";
import type { InputsOf } from "../../provider/core/schema/field";
import type * as rhombus from "../../provider/index";
import type { definitions } from "../../provider/resources/registry";

type Definitions = typeof definitions;

/** The values of the outputs of a class that belong to fields. */
type Held<Class, Names> = { [K in keyof Class & Names]?: Class[K] extends Output<infer T> ? T : never };

/** The checked inputs of a definition without instructions, which no output echoes. */
type Checked<Type extends keyof Definitions> = Omit<InputsOf<Definitions[Type]["fields"]>, "adopt">;

/** The type with all properties required, so that a missing name counts. */
type Whole<T> = T extends object ? { [K in keyof T]-?: Whole<NonNullable<T[K]>> } : T;

/** `true` if the types are assignable to each other. */
type Same<One, Other> = [One, Other] extends [Other, One] ? true : false;

type SameAs<Type extends keyof Definitions, Class> = Same<
  Whole<Held<Class, keyof Checked<Type>>>,
  Whole<Checked<Type>>
>;

/** The types whose class declares other outputs than its definition. */
type Disagreeing = {
  [Type in keyof Definitions]: SameAs<Type, InstanceType<(typeof rhombus)[Type]>> extends true ? never : Type;
}[keyof Definitions];

describe("the types of outputs", () => {
  it("are the types of the checked inputs that they echo", () => {
    // The compiler is the test: this is `true` only as long as the types agree.
    const agree: [Disagreeing] extends [never] ? true : Disagreeing = true;
    assert.ok(agree);
  });
});
