import path from "node:path";
import ts from "typescript";
import { ROOT } from "./sources";

/** An argument of a resource as an editor shows it to a user of the package. */
export interface PublishedArgument {
  /** Its name. */
  readonly name: string;
  /** Its docstring before the tags; empty without a docstring. */
  readonly text: string;
  /** The names of its tags, such as `deprecated`. */
  readonly tagNames: readonly string[];
}

/** The folder of the declaration files. They exist in memory only; inside the checkout, so that they find the dependencies. */
const FOLDER = path.posix.join(ROOT.split(path.sep).join("/"), "published");

const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.Node20,
  strict: true,
  skipLibCheck: true,
  types: ["node"],
};

/** The declaration files of the package by path. */
function declarations(): ReadonlyMap<string, string> {
  const emitted = new Map<string, string>();
  const program = ts.createProgram([path.join(ROOT, "provider/index.ts")], {
    ...options,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: path.join(ROOT, "provider"),
    outDir: FOLDER,
  });
  program.emit(undefined, (file, text) => emitted.set(file, text));
  return emitted;
}

function programOf(files: ReadonlyMap<string, string>): ts.Program {
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  host.fileExists = (file) => files.has(file) || fileExists(file);
  host.directoryExists = (folder) => folder.startsWith(FOLDER) || (directoryExists?.(folder) ?? true);
  host.readFile = (file) => files.get(file) ?? readFile(file);
  host.getSourceFile = (file, version, ...others) => {
    const text = files.get(file);
    return text === undefined
      ? getSourceFile(file, version, ...others)
      : ts.createSourceFile(file, text, version, true);
  };
  return ts.createProgram([path.posix.join(FOLDER, "index.d.ts")], options, host);
}

/** Finds the arguments of resources in the declaration files that the package publishes. */
export class PublishedArguments {
  readonly #checker: ts.TypeChecker;
  readonly #exports: readonly ts.Symbol[];

  constructor() {
    const program = programOf(declarations());
    this.#checker = program.getTypeChecker();
    const index = program.getSourceFile(path.posix.join(FOLDER, "index.d.ts"));
    const module = index && this.#checker.getSymbolAtLocation(index);
    this.#exports = module === undefined ? [] : this.#checker.getExportsOfModule(module);
  }

  /** The arguments of a resource, by the name of its class. */
  of(type: string): PublishedArgument[] {
    const exported = this.#exports.find(({ name }) => name === `${type}Args`);
    if (exported === undefined) return [];
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
    const args = this.#checker.getDeclaredTypeOfSymbol(isAlias ? this.#checker.getAliasedSymbol(exported) : exported);
    return this.#checker.getPropertiesOfType(args).map((property) => ({
      name: property.name,
      text: ts.displayPartsToString(property.getDocumentationComment(this.#checker)).replace(/\s+/g, " "),
      tagNames: property.getJsDocTags(this.#checker).map(({ name }) => name),
    }));
  }
}
