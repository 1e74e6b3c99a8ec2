import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { declareAccess } from "./declareAccess";

// Pulumi calls the function, waits for it, and reports what it throws.
export = () => declareAccess(path.resolve(__dirname, new pulumi.Config().require("file")));
