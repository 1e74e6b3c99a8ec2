import { type Field, text } from "../../core/schema/fields";

/**
 * The name of an object: required, at most 255 characters, surrounding whitespace removed. If a program does not declare it,
 * the resource class sends the resource's name; so the field is optional in the arguments.
 */
export function objectName(): Field<string> {
  return text({ required: true, max: 255, trimmed: true });
}
