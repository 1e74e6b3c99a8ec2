// Installs and builds what is out of date, once, before several commands start that would each do it.
import { prepare } from "./setup.mjs";

await prepare({ engine: false });
