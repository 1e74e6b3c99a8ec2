import { createHash } from "node:crypto";
import { Html } from "./html";

const style = `
:root { color-scheme: light dark; --page: #f6f7f9; --card: #ffffff; --ink: #1c2330; --soft: #566072; --line: #d9dee7;
  --accent: #1f5fbf; --notice: #fff4d6; --bad: #a3201d; }
@media (prefers-color-scheme: dark) { :root { --page: #12151b; --card: #1b2029; --ink: #e6e9ef; --soft: #a3adbd;
  --line: #343c4a; --accent: #8ab8ff; --notice: #3a3114; --bad: #ff9d96; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem; max-width: 110rem; background: var(--page); color: var(--ink);
  font: 0.95rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { margin: 0; font-size: 1.5rem; }
h2 { margin: 0; font-size: 1.2rem; }
h3 { margin: 0; font-size: 1rem; }
p { margin: 0.25rem 0; max-width: 65rem; }
a { color: var(--accent); }
nav a { display: inline-block; margin: 0.5rem 1rem 0.5rem 0; }
code { font-family: ui-monospace, monospace; }
.soft { color: var(--soft); }
.bad { color: var(--bad); font-weight: 600; }
section { margin: 0 0 1rem; }
details { margin: 0.4rem 0; }
.card { padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 0.5rem; }
.notice { background: var(--notice); }
.table { margin: 1rem 0; }
.scroll { position: relative; overflow-x: auto; }
.head { display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: baseline; }
table { width: 100%; margin-top: 0.25rem; border-collapse: collapse; }
th, td { padding: 0.35rem 0.75rem 0.35rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; }
th[scope=row] { font-weight: 600; }
td, th[scope=row] { min-width: 8rem; }
thead th { border-top: 0; color: var(--soft); font-weight: 400; white-space: nowrap; }
#requests table { font-size: 0.85rem; }
#requests td { min-width: 3.5rem; padding-right: 0.5rem; }
#requests td:first-of-type { min-width: 9.5rem; }
#requests th { min-width: 0; white-space: nowrap; }
summary { cursor: pointer; color: var(--soft); }
form { display: inline-flex; gap: 0.25rem; margin: 0 0.5rem 0.25rem 0; vertical-align: top; }
input, button { padding: 0.15rem 0.5rem; border: 1px solid var(--soft); border-radius: 0.25rem; background: var(--card);
  color: var(--ink); font: inherit; }
input { width: 9rem; }
.head input { width: 14rem; }
button { cursor: pointer; white-space: nowrap; }
button:hover { border-color: var(--accent); color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (min-width: 80rem) {
  main { display: grid; grid-template-columns: minmax(0, 1fr) 28rem; gap: 1rem; align-items: start; }
  #requests { position: sticky; top: 1rem; max-height: calc(100vh - 2rem); overflow-y: auto; }
}
`;

/** Replaces the parts that have changed once a second, but not the one in which somebody is typing. */
const script = `
const livePartsOf = (page) => [...page.querySelectorAll("[data-live]")];
const shown = new Map(livePartsOf(document).map(({ id, outerHTML }) => [id, outerHTML]));
const connection = document.getElementById("connection");
const update = async () => {
  const answer = await fetch("/");
  if (!answer.ok) throw new Error(answer.statusText);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of livePartsOf(page)) {
    const current = document.getElementById(part.id);
    const { outerHTML } = part;
    if (!current || shown.get(part.id) === outerHTML || current.contains(document.activeElement)) continue;
    current.replaceWith(part);
    shown.set(part.id, outerHTML);
  }
};
const repeat = async () => {
  if (!document.hidden) {
    await update().then(
      () => { connection.textContent = ""; },
      () => { connection.textContent = "The emulator does not answer. This page shows the last known objects."; },
    );
  }
  setTimeout(repeat, 1000);
};
setTimeout(repeat, 1000);
`;

/** The style of the page. */
export const styleElement = new Html(`<style>${style}</style>`);

/** The script of the page, which it can do without. */
export const scriptElement = new Html(`<script>${script}</script>`);

/** The headers of the page. It loads nothing, runs no other script, and is shown in no other page. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "content-security-policy": [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    `script-src ${hashOf(script)}`,
    "connect-src 'self'",
    "img-src data:",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // Not no-referrer, under which a browser sends no origin with a form.
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
} as const;

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
