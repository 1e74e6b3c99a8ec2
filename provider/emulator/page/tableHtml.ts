import { exact, type Html, html, isShownWhole } from "./html";
import type { Action, Input, Row, Table } from "./table";

/** The number of rows of a table, and of items in a cell, that the page shows. */
const maxShown = { rows: 200, items: 20 } as const;

/** Returns the value by which a form names an action. */
type IdOf = (action: Action) => string;

/** A table with its heading, settings and buttons. */
export function tableHtml(table: Table, idOf: IdOf): Html {
  const { title, settings, actions = [] } = table;
  return html`<div class="table">
<div class="head"><h3>${title}</h3>${actions.map((action) => form(action, idOf))}</div>
${settings === undefined ? "" : html`<p class="soft">${settings}</p>`}${rowsHtml(table, idOf)}
</div>`;
}

/** A table of data that never changes, folded away. */
export function foldedTable(table: Table): Html {
  const { title, rows } = table;
  return html`<details><summary>${title} (${rows.length})</summary>${rowsHtml(table)}</details>`;
}

/** The rows of a table, without its heading. */
export function rowsHtml({ title, columns, rows }: Table, idOf: IdOf = () => ""): Html {
  if (rows.length === 0) return html`<p class="soft">None.</p>`;
  const hasActions = rows.some(({ actions = [] }) => actions.length > 0);
  const headings = hasActions ? [...columns, "Actions"] : columns;
  const omitted = rows.length - maxShown.rows;
  return html`<div class="scroll"><table aria-label="${title}">
<thead><tr>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead>
<tbody>
${rows.slice(0, maxShown.rows).map((row) => rowHtml(row, hasActions, idOf))}</tbody>
</table></div>${omitted > 0 ? html`<p>${omitted} more are not shown.</p>` : ""}`;
}

function rowHtml({ cells, actions = [] }: Row, hasActions: boolean, idOf: IdOf): Html {
  const [name = "", ...others] = cells;
  const buttons = hasActions ? html`<td>${actions.map((action) => form(action, idOf))}</td>` : "";
  return html`<tr><th scope="row">${cellText(name)}</th>${others.map((cell) => html`<td>${cellText(cell)}</td>`)}${buttons}</tr>
`;
}

function cellText(cell: string | readonly string[]): Html {
  if (typeof cell === "string") return html`${cell}`;
  const items = cell.slice(0, maxShown.items).map((item, index) => html`${index > 0 ? ", " : ""}${item}`);
  const omitted = cell.length - maxShown.items;
  return html`${items}${omitted > 0 ? ` and ${omitted} more` : ""}`;
}

function form(action: Action, idOf: IdOf): Html {
  const { label, object, input } = action;
  return html`<form method="post" action="/"><input type="hidden" name="action" value="${idOf(action)}">${
    input === undefined ? "" : inputHtml(object, input)
  }<button>${label}<span class="hidden"> ${object}</span></button></form>`;
}

/** An input. It begins with its value, unless that cannot be changed by hand. */
function inputHtml(object: string, { label, value }: Input): Html {
  const text = isShownWhole(value) ? value : "";
  return html`<label><span class="hidden">${label} ${object}</span><input name="name" value="${exact(text)}" required autocomplete="off"></label>`;
}
