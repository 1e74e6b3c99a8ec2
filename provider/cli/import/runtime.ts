import { projectAround } from "../project";

/**
 * Refuses a project whose programs cannot have resources of this package.
 * @param folder The folder that the command runs in.
 * @throws Error when the project is not one for Node.
 */
export function refuseOtherRuntime(folder: string): void {
  const project = projectAround(folder);
  if (project?.runtime === undefined || project.runtime === "nodejs") return;
  throw new Error(
    `The runtime of ${project.file} is ${project.runtime}. These resources exist in programs for nodejs only: run this in ` +
      "the folder of such a program.",
  );
}
