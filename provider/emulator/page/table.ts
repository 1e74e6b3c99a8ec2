/** One table of the emulator's page: the objects of one kind, or one object with its parts. Domains make them as text. */
export interface Table {
  /** Its heading. */
  readonly title: string;
  /** Settings of the object as a whole, in words. Default: none. */
  readonly settings?: string;
  /** The headings of its columns. The first column names the row. */
  readonly columns: readonly string[];
  /** Its rows. */
  readonly rows: readonly Row[];
  /** Actions on the object as a whole. Default: none. */
  readonly actions?: readonly Action[];
  /** True for data that no operation changes, which the page folds away. Default false. */
  readonly isFixed?: boolean;
}

/** One row of a table. */
export interface Row {
  /** A cell for each column. A list is shown with commas. */
  readonly cells: readonly (string | readonly string[])[];
  /** Actions on the object of the row. Default: none. */
  readonly actions?: readonly Action[];
}

/** Something that a person can do to an object in the console. */
export interface Action {
  /** The text of its button. */
  readonly label: string;
  /** The object in words, such as `access control group "Staff"`. */
  readonly object: string;
  /** Identifies the object within its organization. It is not shown, and may contain a secret. */
  readonly target: string;
  /** The input that it takes. Default: none. */
  readonly input?: Input;
  /** Carries it out. Returns what was done, in words. Throws an Error if the text of the input cannot be used. */
  run(text: string): string;
}

/** An input of an action. */
export interface Input {
  /** Its label, such as `New name`. The object follows. */
  readonly label: string;
  /** The text that it begins with. */
  readonly value: string;
}

/** The largest number of characters of a name or label that is typed on the page. */
const maxLength = 255;

/** Throws a TypeError for a name or label that is too long. */
export function checkLength(kind: "name" | "label", text: string): void {
  if (text.length > maxLength) throw new TypeError(`Give a ${kind} of at most ${maxLength} characters.`);
}

/** The action that renames an object. */
export function renameAction(
  object: string,
  target: string,
  currentName: string,
  rename: (newName: string) => void,
): Action {
  return {
    label: "Rename",
    object,
    target,
    input: { label: "New name of", value: currentName },
    run(newName) {
      if (newName.trim() === "") throw new TypeError(`Give a name: ${object} cannot be renamed to nothing.`);
      if (newName === currentName) throw new TypeError(`Give another name: ${object} already has this one.`);
      checkLength("name", newName);
      rename(newName);
      return `${object} renamed to "${newName}"`;
    },
  };
}

/** The action that deletes an object. */
export function deleteAction(object: string, target: string, remove: () => void): Action {
  return {
    label: "Delete",
    object,
    target,
    run() {
      remove();
      return `${object} deleted`;
    },
  };
}
