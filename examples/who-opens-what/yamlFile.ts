import { readFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/** A text in the file, and the offset at which it begins. */
export interface Text {
  readonly text: string;
  readonly offset: number;
}

/** A key of a mapping, and its value. */
export interface Entry {
  readonly key: Text;
  readonly value: Value;
}

/** A node whose form is not known yet. Without a node, there is nothing after the key. */
export interface Value {
  readonly node: Node | null;
  readonly offset: number;
}

/** A YAML file. Its mistakes are collected, so that one run reports all of them, in the order of the file. */
export class YamlFile {
  /** The file as a whole. */
  readonly root: Value;
  readonly #name: string;
  readonly #lines = new LineCounter();
  readonly #document: ReturnType<typeof parseDocument>;
  readonly #mistakes: { readonly offset: number; readonly message: string }[] = [];

  /** Reads the file. In the schema "failsafe" each scalar is a text: a door may be called 204, and 07:00 needs no quotes. */
  constructor(file: string) {
    this.#name = path.basename(file);
    const options = { lineCounter: this.#lines, prettyErrors: false, schema: "failsafe" } as const;
    this.#document = parseDocument(readFileSync(file, "utf8"), options);
    for (const { pos, message } of [...this.#document.errors, ...this.#document.warnings]) this.report(pos[0], message);
    this.throwMistakes();
    this.root = this.#value(this.#document.contents, 0);
  }

  report(offset: number, message: string): void {
    this.#mistakes.push({ offset, message });
  }

  /** Throws an error with all mistakes, if there are any. */
  throwMistakes(): void {
    const sorted = [...this.#mistakes].sort((one, other) => one.offset - other.offset);
    const lines = sorted.map(({ offset, message }) => `${this.#name}:${this.lineOf(offset)}: ${message}`);
    if (lines.length > 0) throw new pulumi.RunError(["Nothing was deployed. Correct:", ...lines].join("\n"));
  }

  lineOf(offset: number): number {
    return this.#lines.linePos(offset).line;
  }

  /** The entries of a mapping; `undefined` if the value is none. Their names must differ in more than case. */
  entries({ node, offset }: Value, expected: string): Entry[] | undefined {
    if (!isMap<Node, Node | null>(node)) {
      this.report(offset, expected);
      return undefined;
    }
    const entries = node.items.flatMap(({ key, value }) =>
      this.#texts([this.#value(key, offset)], "Write a name.").map((name) => {
        return { key: name, value: this.#value(value, name.offset) };
      }),
    );
    this.#reportRepeated(entries.map(({ key }) => key));
    return entries;
  }

  /** The items of a list that has at least some. */
  items({ node, offset }: Value, expected: string, least = 0): Value[] {
    if (isSeq<Node | null>(node) && node.items.length >= least)
      return node.items.map((item) => this.#value(item, offset));
    this.report(offset, expected);
    return [];
  }

  /** The texts of a list, each different. */
  texts(value: Value, expected: string, least = 0): Text[] {
    const texts = this.#texts(this.items(value, expected, least), expected);
    this.#reportRepeated(texts);
    return texts;
  }

  text(value: Value, expected: string): Text | undefined {
    return this.#texts([value], expected)[0];
  }

  #texts(values: readonly Value[], expected: string): Text[] {
    return values.flatMap(({ node, offset }) => {
      if (isScalar<string>(node) && node.value.trim() !== "") return [{ text: node.value, offset }];
      this.report(offset, expected);
      return [];
    });
  }

  #value(node: Node | null, parent: number): Value {
    const offset = node?.range?.[0] ?? parent;
    return { node: isAlias(node) ? (node.resolve(this.#document) ?? null) : node, offset };
  }

  #reportRepeated(texts: readonly Text[]): void {
    const first = new Map<string, Text>();
    for (const text of texts) {
      const before = first.get(folded(text.text));
      if (before === undefined) first.set(folded(text.text), text);
      else this.report(text.offset, `${JSON.stringify(text.text)} is already in line ${this.lineOf(before.offset)}.`);
    }
  }
}

/** The form in which names are compared, as Rhombus's names are in this package. */
export function folded(name: string): string {
  return name.normalize("NFC").trim().toLowerCase();
}
