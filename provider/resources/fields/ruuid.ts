import { type Field, text } from "../../core/schema/fields";
import type { TextOptions } from "../../core/schema/text";
import { isRuuid, ruuidFromUuid } from "../../rhombus/ids/ruuid";
import { isUuid } from "../../rhombus/ids/uuid";

/**
 * The id of a Rhombus object: 22 characters of URL-safe base64 (vendor: RUUID). A UUID of 36 characters is refused with
 * the form that Rhombus takes, because no source says that the API accepts it; the empty text counts as not declared,
 * because the API answers 400 to it (docs/rhombus-api.md#ruuids).
 * @param options What is said about it.
 */
export function ruuid(options: TextOptions = {}): Field<string> {
  return text({ ...options, noun: "RUUID", format: refuseOtherForms, dropsEmpty: true });
}

function refuseOtherForms(written: string): string | undefined {
  if (isRuuid(written)) return undefined;
  if (isUuid(written)) {
    return `is a UUID of 36 characters; Rhombus writes it in 22: "${ruuidFromUuid(written)}".`;
  }
  return `is ${JSON.stringify(written)}, which is no RUUID: 22 characters of A–Z, a–z, 0–9, "-" and "_", of which the last is A, Q, g or w.`;
}
