/** The emulator's process. It is separate so that its work is not measured with that of the provider. */
import { type Emulator, startEmulator } from "../../provider/emulator";
import { type CommandReply, type CommandRequest, commands } from "./commands";

let emulator: Emulator | undefined;

process.on("message", ({ id, name, input }: CommandRequest) => {
  run(name, input).then(
    (result) => reply({ id, result }),
    (error: unknown) => reply({ id, error: String(error) }),
  );
});
process.once("disconnect", () => process.exit());

async function run(name: CommandRequest["name"], input: CommandRequest["input"]): Promise<unknown> {
  if (name === "start") {
    emulator = await startEmulator(Object(input[0]));
    return emulator.url;
  }
  if (emulator === undefined) throw new Error("The emulator has not been started.");
  return Reflect.apply(commands[name], undefined, [emulator, ...input]);
}

function reply(message: CommandReply): void {
  process.send?.(message);
}
