import path from "node:path";
import ts from "typescript";
import { ROOT } from "./sources";

/** A property of an exported type as an editor shows it to a user of the package. */
export interface PublishedProperty {
  readonly name: string;
  /** Its docstring before the tags; empty without a docstring. */
  readonly text: string;
  readonly isDeprecated: boolean;
}

/** Reads the declaration files that the package publishes. They must be built. */
export class PublishedTypes {
  readonly #checker: ts.TypeChecker;
  readonly #exports: readonly ts.Symbol[];

  constructor() {
    const index = path.join(ROOT, "dist/index.d.ts");
    const program = ts.createProgram([index], { module: ts.ModuleKind.Node20, strict: true, skipLibCheck: true });
    this.#checker = program.getTypeChecker();
    const source = program.getSourceFile(index);
    const module = source && this.#checker.getSymbolAtLocation(source);
    this.#exports = module === undefined ? [] : this.#checker.getExportsOfModule(module);
  }

  /** The properties of an exported class or interface, without methods and what a class inherits. */
  of(type: string): PublishedProperty[] {
    const exported = this.#exports.find(({ name }) => name === type);
    if (exported === undefined) return [];
    const isAlias = (exported.flags & ts.SymbolFlags.Alias) !== 0;
    const symbol = isAlias ? this.#checker.getAliasedSymbol(exported) : exported;
    const properties = this.#checker.getPropertiesOfType(this.#checker.getDeclaredTypeOfSymbol(symbol));
    const isOwn = ({ valueDeclaration: declaration }: ts.Symbol) =>
      symbol.valueDeclaration === undefined ||
      (declaration?.parent === symbol.valueDeclaration && ts.isPropertyDeclaration(declaration));
    return properties.filter(isOwn).map((property) => ({
      name: property.name,
      text: ts.displayPartsToString(property.getDocumentationComment(this.#checker)).replace(/\s+/g, " "),
      isDeprecated: property.getJsDocTags(this.#checker).some(({ name }) => name === "deprecated"),
    }));
  }
}
