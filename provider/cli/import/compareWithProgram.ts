import type { ResourceType } from "../../resources/registry";
import type { PulumiCli } from "../pulumi/pulumiCli";
import { typeOf } from "../pulumi/stackResources";
import { memberOf, urnOf } from "../pulumi/state";
import type { ImportFile } from "./importFile";
import { DELETION, previewedSteps } from "./preview";

/** An imported resource, by its name in the program. */
export interface ImportedResource {
  /** The resource's type. */
  readonly type: ResourceType;
  /** The resource's name. */
  readonly name: string;
}

/** The difference between imported resources and the program. */
export interface ProgramComparison {
  /** The resources that the program does not declare. */
  readonly undeclared: readonly ImportedResource[];
  /** The protected resources that the program declares without `protect: true`. */
  readonly unprotected: readonly ImportedResource[];
}

/**
 * Compares imported resources with the program of the stack, by a preview.
 * @param cli The CLI.
 * @param file The resources that were imported.
 * @param stack The stack's name. Default: the selected stack.
 * @throws PulumiCliError if the program cannot be run; its message contains the errors of the program.
 */
export async function compareWithProgram(
  cli: PulumiCli,
  file: ImportFile,
  stack: string | undefined,
): Promise<ProgramComparison> {
  const steps = await previewedSteps(cli, stack);
  const declared = new Map(
    steps.filter(isDeclared).map((step) => [keyOf(urnOf(String(memberOf(step, "urn"))).name, oldState(step)), step]),
  );
  const imported = file.resources.flatMap((spec) => {
    const [type, name] = [typeOf(spec.type), spec.logicalName ?? spec.name];
    return type === undefined ? [] : [{ type, name, step: declared.get(keyOf(name, spec)) }];
  });
  const only = (isWanted: (step: unknown) => boolean) =>
    imported.filter(({ step }) => isWanted(step)).map(({ type, name }) => ({ type, name }));
  return {
    undeclared: only((step) => step === undefined),
    unprotected: only((step) => isProtected(oldState(step)) && !isProtected(memberOf(step, "newState"))),
  };
}

/** A project may ask for a refresh before each preview, which shows all resources. */
function isDeclared(step: unknown): boolean {
  const op = memberOf(step, "op");
  return op !== DELETION && op !== "refresh";
}

function oldState(step: unknown): unknown {
  return memberOf(step, "oldState");
}

/** Singletons of different organizations have the same id. */
function keyOf(name: string, resource: unknown): string {
  return `${memberOf(resource, "type")} ${memberOf(resource, "id")} ${name}`;
}

function isProtected(state: unknown): boolean {
  return memberOf(state, "protect") === true;
}
