import { NODE, otherRuntimeOf, projectAround } from "../pulumi/project";

/**
 * Refuses a project whose programs cannot have resources of this package.
 * @param folder The folder that the command runs in.
 * @throws Error when the project is not one for Node.
 */
export function refuseOtherRuntime(folder: string): void {
  const project = projectAround(folder);
  if (project === undefined) return;
  const other = otherRuntimeOf(project);
  if (other === undefined) return;
  throw new Error(
    `The runtime of ${project.file} is ${other}. These resources exist in programs for ${NODE} only: run this in ` +
      "the folder of such a program.",
  );
}
