/** An option of Pulumi that a review and its deployment cannot have. */
interface RefusedOption {
  /** Its names. */
  readonly names: readonly string[];
  /** The remedy, as a sentence. */
  readonly remedy: string;
}

const CONFIG = "Set it in the stack config before the review.";
const PLAN = "Leave it out: apply makes the update plan itself.";
const REFRESH =
  "Leave it out: review refreshes the state, unless it has --no-refresh before the --, and apply does as the review did.";

/** Options that select another stack or program than the one that is checked, or that make less of it visible. */
const refused: readonly RefusedOption[] = [
  { names: ["--stack", "-s"], remedy: "Give --stack before the --." },
  { names: ["--cwd", "-C"], remedy: "Run the command in the folder of the program." },
  { names: ["--config", "-c", "--config-path", "--config-file", "--override-env"], remedy: CONFIG },
  { names: ["--plan", "--save-plan"], remedy: PLAN },
  { names: ["--refresh", "-r"], remedy: REFRESH },
  { names: ["--client"], remedy: "Leave it out: the program is the one of the folder." },
  { names: ["--json", "-j"], remedy: "Leave it out." },
];

/** The only values of the option with which a preview shows as much as a review does. */
const REFRESHING = /^(?:--refresh|-r)(?:=true)?$/;

/** Options that limit a preview to a part of the stack. */
const LIMITING = ["--target", "-t", "--target-replace", "--exclude", "-x"];

/** Options with one letter that have no value, so that further ones may follow in the same word. */
const WITHOUT_VALUE = "defhyQ";

/**
 * Refuses options of Pulumi after which a review would not show what is deployed.
 * @param options The options after `--`.
 * @throws Error for such an option; its message shows no value, which may be a secret.
 */
export function refuseOptions(options: readonly string[]): void {
  for (const name of options.filter((word) => !REFRESHING.test(word)).flatMap(namesIn)) {
    const found = refused.find(({ names }) => names.includes(name));
    if (found !== undefined) throw new Error(`${found.remedy} The option ${name} is not possible after the --.`);
  }
}

/**
 * The options that limit a preview to a part of the stack.
 * @param options The options after `--`.
 */
export function limitingOptions(options: readonly string[]): string[] {
  return options.flatMap(namesIn).filter((name) => LIMITING.includes(name));
}

/** The names of the options in a word: `--stack=x`, `-sx` and `-ysx` have `--stack` and `-s`. */
function namesIn(word: string): string[] {
  if (word.startsWith("--")) return [word.replace(/=.*/s, "")];
  if (!/^-[A-Za-z]/.test(word)) return [];
  const letters = [...word.slice(1)];
  const valued = letters.findIndex((letter) => !WITHOUT_VALUE.includes(letter));
  return letters.slice(0, valued < 0 ? undefined : valued + 1).map((letter) => `-${letter}`);
}
