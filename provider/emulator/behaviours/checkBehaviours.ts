import { type Behaviours, type OpenQuestion, openQuestions } from "./behaviours";

/** A behaviour as help texts and docs/rhombus-api-open-questions.md list it. */
export interface DescribedBehaviour {
  /** Its name. */
  readonly name: keyof Behaviours;
  /** The open question that it stands for. */
  readonly question: string;
  /** The settings allowed, the default first; for a number one text such as `0..60000`. */
  readonly settings: readonly string[];
  /** The way to learn how Rhombus behaves: `probe`, or what to try or to ask. */
  readonly settledBy: string;
}

/** Every behaviour in the order of the table. */
export function describeBehaviours(): DescribedBehaviour[] {
  return Object.keys(openQuestions)
    .filter(isBehaviourName)
    .map((name) => {
      const { question, settings, settledBy, max }: OpenQuestion<unknown> = openQuestions[name];
      return { name, question, settings: max === undefined ? settings.map(String) : [`0..${max}`], settledBy };
    });
}

/** Reads `name=value` as one change of behaviour. Throws a TypeError that lists the possible names or settings. */
export function parseBehaviour(assignment: string): Partial<Behaviours> {
  const [name = "", ...rest] = assignment.split("=");
  return checkBehaviours({ [name]: parseSetting(name, rest.join("=")) });
}

/** Checks changes of behaviour from untyped code. Throws a TypeError that lists the possible names or settings. */
export function checkBehaviours(changes: Readonly<Record<string, unknown>>): Partial<Behaviours> {
  const errors = Object.entries(changes).flatMap(([name, value]) => errorIn(name, value) ?? []);
  if (errors.length > 0) throw new TypeError(errors.join(" "));
  // Every name and every value was checked.
  return changes as Partial<Behaviours>;
}

/** True if a behaviour of this name exists. */
function isBehaviourName(name: string): name is keyof Behaviours {
  return Object.hasOwn(openQuestions, name);
}

function errorIn(name: string, value: unknown): string | undefined {
  const question = questionOf(name);
  if (question === undefined) {
    return `There is no behaviour "${name}". Use one of: ${Object.keys(openQuestions).join(", ")}.`;
  }
  const { settings, max } = question;
  if (max !== undefined) {
    const isInRange = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;
    return isInRange ? undefined : `Behaviour ${name} cannot be ${value}. Use a whole number from 0 to ${max}.`;
  }
  if (settings.includes(value)) return undefined;
  return `Behaviour ${name} cannot be "${value}". Use one of: ${settings.join(", ")}.`;
}

/** The setting that a text stands for; any other text is returned as it is, for {@link checkBehaviours} to refuse. */
function parseSetting(name: string, text: string): unknown {
  const question = questionOf(name);
  if (question?.max !== undefined) return Number(text || Number.NaN);
  return question?.settings.find((setting) => String(setting) === text) ?? text;
}

function questionOf(name: string): OpenQuestion<unknown> | undefined {
  return isBehaviourName(name) ? openQuestions[name] : undefined;
}

/** Wraps behaviours so that the name of each behaviour that is read is added to `names`. */
export function recordReads(behaviours: Behaviours, names: Set<keyof Behaviours>): Behaviours {
  return new Proxy(behaviours, {
    get(target, name) {
      if (typeof name === "string" && isBehaviourName(name)) names.add(name);
      return Reflect.get(target, name);
    },
  });
}
