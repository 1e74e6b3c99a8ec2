import assert from "node:assert/strict";
import type { Emulator } from "../../../provider/emulator";
import { type Answer, type CallHeaders, post } from "./caller";

/** A form on the page. */
export interface Form {
  /** The text of its button, with the part for screen readers. */
  readonly name: string;
  /** Sends it as a browser does, with a new name if it has an input. */
  send(emulator: Emulator, newName?: string): Promise<Answer>;
}

/** The HTML of the page. */
export async function pageOf(emulator: Emulator): Promise<string> {
  const response = await fetch(emulator.url);
  assert.equal(response.status, 200);
  return response.text();
}

/** The text of the page as a person reads it. */
export function textOf(page: string): string {
  const body = page.replace(/<(style|script)>.*?<\/\1>/gs, "");
  return unescaped(body.replace(/<(?!\/?(?:code|a|span)\b)[^>]*>/g, " ").replace(/<[^>]*>/g, ""))
    .replace(/\s+/g, " ")
    .trim();
}

/** The forms on the page. */
export function formsOf(page: string): Form[] {
  return [...page.matchAll(/<form .*?<\/form>/gs)].map(([form]) => {
    const action = /name="action" value="([0-9a-f]{64})"/.exec(form)?.[1] ?? assert.fail(form);
    const button = /<button>(.*)<\/button>/s.exec(form)?.[1] ?? assert.fail(form);
    const hasInput = form.includes('name="name"');
    const send = (emulator: Emulator, newName = "") =>
      sendForm(emulator, new URLSearchParams({ action, ...(hasInput && { name: newName }) }));
    return { name: textOf(button), send };
  });
}

/** The only form with this button. */
export function formNamed(page: string, name: string): Form {
  const [form, ...others] = formsOf(page).filter((each) => each.name === name);
  assert.ok(form && others.length === 0, `${others.length + (form ? 1 : 0)} forms are named ${name}`);
  return form;
}

/** Sends the form with this button. */
export async function carryOut(emulator: Emulator, name: string, newName?: string): Promise<Answer> {
  return formNamed(await pageOf(emulator), name).send(emulator, newName);
}

/** Sends a form to the page, by default as the page's own. */
export function sendForm(
  { url }: Emulator,
  fields: URLSearchParams,
  headers: CallHeaders = { origin: url },
): Promise<Answer> {
  return post(`${url}/`, { "content-type": "application/x-www-form-urlencoded", ...headers }, `${fields}`);
}

function unescaped(text: string): string {
  const characters: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => characters[name] ?? "");
}
