import type { RequiredField } from "../../core/schema/field";
import { type Field, text } from "../../core/schema/fields";
import type { TextOptions } from "../../core/schema/scalars";
import { isRuuid, ruuidFromUuid } from "../../rhombus/ids/ruuid";
import { isUuid } from "../../rhombus/ids/uuid";

/** The kinds of objects that a field can refer to and that a program can look up by name. */
export type Referent = "camera" | "door" | "group" | "location" | "schedule" | "user";

/** Options of an RUUID. */
export interface RuuidOptions extends TextOptions {
  /** The kind of object that the RUUID identifies: commands show its name, generated programs look it up. Default: none of these. */
  readonly of?: Referent;
}

/**
 * The id of a Rhombus object: 22 characters of URL-safe base64, which Rhombus calls RUUID. A UUID of 36 characters is
 * refused, with the RUUID in the message, because no documentation says that the API accepts it. The empty text counts as
 * not declared, because the API answers 400 to it (docs/rhombus-api.md).
 * @param options The options.
 */
export function ruuid(options: RuuidOptions & { readonly required: true }): RequiredField<string>;
export function ruuid(options?: RuuidOptions): Field<string>;
export function ruuid(options: RuuidOptions = {}): Field<string> {
  const format = (written: string) => refuseOtherForms(written, options.of);
  return text({ ...options, noun: "RUUID", format, dropsEmpty: true });
}

/** The look-ups that find an id by a name. */
const lookUps: Readonly<Record<Referent, string>> = {
  camera: "getCamera",
  door: "getAccessControlledDoor",
  group: "getAccessControlGroup",
  location: "getLocation",
  schedule: "getSchedule",
  user: "getUser",
};

function refuseOtherForms(written: string, referent: Referent | undefined): string | undefined {
  if (isRuuid(written)) return undefined;
  if (isUuid(written)) {
    return `is a UUID of 36 characters; Rhombus writes it in 22: "${ruuidFromUuid(written)}".`;
  }
  const byName = referent === undefined ? "" : ` If it is a name, look the id up with ${lookUps[referent]}.`;
  return `is ${JSON.stringify(written)}, which is not a valid RUUID: 22 characters of A–Z, a–z, 0–9, "-" and "_", of which the last is A, Q, g or w.${byName}`;
}
