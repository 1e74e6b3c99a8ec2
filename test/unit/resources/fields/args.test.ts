import assert from "node:assert/strict";
import type { Input } from "@pulumi/pulumi";
import { flag, map, object, set, text } from "../../../../provider/core/schema/fields";
import type { ArgsOf } from "../../../../provider/resources/fields/args";

const door = { doorName: text(), unlock: flag() };

interface DoorArgs extends ArgsOf<typeof door> {}

const fields = {
  name: text({ required: true }),
  note: text(),
  tags: set(text()),
  doors: map(object<typeof door, DoorArgs>(door)),
  cameras: map(set(text())),
};

interface Args extends ArgsOf<typeof fields> {}

interface Written {
  name: Input<string>;
  note?: Input<string>;
  tags?: Input<Input<string>[]>;
  doors?: Input<Record<string, Input<DoorArgs>>>;
  cameras?: Input<Record<string, Input<Input<string>[]>>>;
}

/** `true` if both types have the same properties, equally optional, of the same types. */
type Same<One, Other> =
  (<T>() => T extends Pick<One, keyof One> ? 1 : 2) extends <T>() => T extends Pick<Other, keyof Other> ? 1 : 2
    ? true
    : false;

describe("the arguments of fields", () => {
  it("are required or optional as the fields are, and may be outputs at any depth", () => {
    // The compiler is the test.
    const isSame: Same<Args, Written> = true;
    const isOther: Same<Args, Partial<Written>> = false;
    assert.deepEqual([isSame, isOther], [true, false]);
  });
});
