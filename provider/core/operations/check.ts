import { type Definition, keyOf, type NaturalKey } from "../resource/definition";
import type { CheckReport } from "../schema/field";
import { reportUnknownProperty } from "../schema/suggestions";
import { type Path, type Value, type Values, withoutUndefined } from "../schema/values";
import { withSecretsMarked } from "../state/outputs";

/** A mistake in the inputs. */
export interface CheckFailure {
  /** The path of the value. */
  readonly path: Path;
  /** The mistake and its remedy. */
  readonly reason: string;
  /** The value is a secret: a front end must not show it. */
  readonly secret: boolean;
}

/** The result of a check. */
export interface Checked {
  /** The canonical inputs, with secrets marked. */
  readonly inputs: Values;
  /** The natural key that the inputs declare. */
  readonly key: NaturalKey;
  /** All mistakes; empty when the inputs are valid. */
  readonly failures: readonly CheckFailure[];
}

/**
 * Validates inputs, without a call. An instruction that is no longer in the state of an existing resource has been carried
 * out: it is left out, as it would show as a change.
 * @param definition The resource.
 * @param newInputs The inputs that the program declares.
 * @param oldInputs The inputs that the state holds; `undefined` for a resource that is to be created.
 */
export function check(definition: Definition, newInputs: Values, oldInputs?: Values): Checked {
  const { fields } = definition;
  const failures: CheckFailure[] = [];
  const report: CheckReport = {
    fail: (path, reason) => {
      const [name = ""] = path;
      const secret = Object.hasOwn(fields, name) && (fields[name]?.modifiers.secret ?? false);
      failures.push({ path, reason, secret });
    },
  };
  for (const name of Object.keys(newInputs)) {
    if (!Object.hasOwn(fields, name)) reportUnknownProperty(name, Object.keys(fields), [], report);
  }
  const entries = Object.entries(fields).map(([name, field]): [string, Value | undefined] => {
    const given = newInputs[name];
    if (given !== undefined && given !== null) {
      const checked = field.check(given, [name], report);
      const isCarriedOut = field.instruction && oldInputs !== undefined && oldInputs[name] === undefined;
      return [name, isCarriedOut ? undefined : checked];
    }
    if (field.modifiers.required) report.fail([name], `${name} is required.`);
    return [name, undefined];
  });
  const written = withoutUndefined(Object.fromEntries(entries));
  definition.validate?.(written, report);
  const inputs = { ...undeclaredValues(definition), ...written };
  return { inputs: withSecretsMarked(definition, inputs), key: keyOf(definition, inputs), failures };
}

/**
 * The values of the fields that count as declared although a program leaves them out.
 * @param definition The resource.
 */
export function undeclaredValues({ fields }: Pick<Definition, "fields">): Values {
  return withoutUndefined(
    Object.fromEntries(Object.entries(fields).map(([name, { modifiers }]) => [name, modifiers.whenUndeclared])),
  );
}
