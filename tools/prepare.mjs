// Installs and builds what is not up to date, before several commands at once would each do so.
import { prepare } from "./setup.mjs";

await prepare({ engine: false });
