import assert from "node:assert/strict";
import { limitingOptions, refuseOptions } from "../../../../provider/cli/review/pulumiOptions";

describe("the options of Pulumi after --", () => {
  const refused: Readonly<Record<string, RegExp>> = {
    "--stack dev": /^Give --stack before the --\. The option --stack is /,
    "--stack=dev": /^Give --stack before/,
    "-s dev": /The option -s is/,
    "-sdev": /The option -s is/,
    "-s=dev": /The option -s is/,
    "-ysdev": /The option -s is/,
    "-C /elsewhere": /^Run the command in the folder of the program\./,
    "--cwd=/elsewhere": /^Run the command in the folder/,
    "--refresh=false": /^Leave it out: review refreshes the state/,
    "--refresh=0": /^Leave it out: review refreshes/,
    "-r=false": /^Leave it out: review refreshes/,
    "--config shop:a=b": /^Set it in the stack config/,
    "-cshop:a=b": /^Set it in the stack config/,
    "--config-file other.yaml": /^Set it in/,
    "--plan=other.json": /^Leave it out: apply makes the update plan itself\./,
    "--save-plan other.json": /^Leave it out: apply/,
    "--client 127.0.0.1:1": /^Leave it out: the program/,
    "--parallel 4 --stack dev": /^Give --stack/,
  };
  for (const [words, message] of Object.entries(refused)) {
    it(`are refused if they change what is reviewed: ${words}`, () => {
      assert.throws(() => refuseOptions(words.split(" ")), { message });
    });
  }

  it("are refused without their values", () => {
    assert.throws(
      () => refuseOptions(["--config=shop:key=s3cret"]),
      (error: Error) => !error.message.includes("s3cret"),
    );
  });

  for (const words of [
    "--yes",
    "--refresh",
    "-r",
    "--refresh=true",
    "-y -f",
    "--parallel 4",
    "-p4",
    "-mstaff",
    "--message done",
    "--diff",
    "--run-program",
  ]) {
    it(`are accepted otherwise: ${words}`, () => {
      assert.doesNotThrow(() => refuseOptions(words.split(" ")));
      assert.deepEqual(limitingOptions(words.split(" ")), []);
    });
  }

  it("may limit a preview", () => {
    const words = "--target a -tb --target=c --exclude d -x=e -yt f --target-replace g".split(" ");
    const names = ["--target", "-t", "--target", "--exclude", "-x", "-t", "--target-replace"];
    assert.deepEqual(limitingOptions(words), names);
  });
});
