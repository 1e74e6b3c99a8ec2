import { oneLine } from "../rhombus/errors";

// They turn text around, or do not show: what is read would not be what is there.
const DECEIVING = /[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** What stands for a name where there is none. */
export const UNNAMED = "(unnamed)";

/**
 * A text of somebody else as one line that shows all there is in it.
 * @param text The text.
 */
export function plainText(text: string): string {
  return oneLine(text).replace(DECEIVING, "\ufffd");
}
