/** An emulated Rhombus in a process of its own, so that its work is no part of what is measured in another one. */
import { type Emulator, startEmulator } from "../../provider/emulator";
import { type Question, type Reply, tasks } from "./commands";

let emulator: Emulator | undefined;

process.on("message", ({ id, name, input }: Question) => {
  answer({ id, name, input }).then(
    (answer) => reply({ id, answer }),
    (error: unknown) => reply({ id, error: String(error) }),
  );
});
process.once("disconnect", () => process.exit());

async function answer({ name, input }: Question): Promise<unknown> {
  if (name === "start") {
    emulator = await startEmulator(Object(input[0]));
    return emulator.url;
  }
  if (emulator === undefined) throw new Error("The emulator has not been started.");
  return Reflect.apply(tasks[name], undefined, [emulator, ...input]);
}

function reply(said: Reply): void {
  process.send?.(said);
}
