import type { Reply } from "../server/reply";
import type { LoggedRequest } from "../server/requestLog";
import { pageHeaders, scriptElement, styleElement } from "./assets";
import { type Html, html } from "./html";
import type { Action, Table } from "./table";
import { foldedTable, rowsHtml, tableHtml } from "./tableHtml";

/** A change that somebody has made on the page. */
export interface Change {
  /** Time of the change, in milliseconds since 1970. */
  readonly atMillis: number;
  /** The change in words. */
  readonly text: string;
}

/** An organization as the page shows it. */
export interface ShownOrganization {
  /** Its name. */
  readonly name: string;
  /** Its RUUID. */
  readonly uuid: string;
  /** Its objects, and the fixed data of its seed. */
  readonly tables: readonly Table[];
  /** Returns the value by which a form names an action of this organization. */
  idOf(action: Action): string;
}

/** The content of the page. */
export interface PageContent {
  /** The organizations. */
  readonly organizations: readonly ShownOrganization[];
  /** The data that belongs to no organization. */
  readonly accounts: readonly Table[];
  /** The changes that were made on the page, newest first. */
  readonly changes: readonly Change[];
  /** The last calls, newest first. */
  readonly requests: readonly LoggedRequest[];
  /** The number of all calls. */
  readonly requestCount: number;
  /** An error to show at the top. Default: none. */
  readonly error?: string | undefined;
}

/** The page of the emulator, as an answer with this HTTP status. */
export function pageReply(content: PageContent, status = 200): Reply {
  return { status, headers: pageHeaders, body: pageHtml(content).text };
}

function pageHtml(content: PageContent): Html {
  const { organizations, accounts } = content;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rhombus emulator</title>
<link rel="icon" href="data:,">
${styleElement}
</head>
<body>
<header>
<h1>Rhombus emulator</h1>
<p>The objects that a person sees in the Rhombus console. All names and keys are invented, and nothing is stored when the
emulator stops. What you change here is changed outside of Pulumi: <code>pulumi refresh</code> finds it.</p>
<nav aria-label="On this page">
${organizations.map(({ name }, index) => html`<a href="#organization-${index}">${name}</a>\n`)}<a href="#accounts">Partners and vendor accounts</a>
<a href="#requests">Requests</a>
<a href="/">Reload</a>
</nav>
<p id="connection" class="bad" role="status"></p>
</header>
<main>
<div>
${content.error === undefined ? "" : html`<p class="card notice" role="alert">${content.error}</p>\n`}${changesHtml(content.changes)}
${organizations.map(organizationHtml)}<section id="accounts" class="card" aria-labelledby="accounts-title">
<h2 id="accounts-title">Partners and vendor accounts</h2>
${accounts.map(foldedTable)}
</section>
</div>
${requestsHtml(content, new Map(organizations.map(({ uuid, name }) => [uuid, name])))}
</main>
${scriptElement}
</body>
</html>
`;
}

function changesHtml(changes: readonly Change[]): Html {
  if (changes.length === 0) return html`<div id="changes" data-live></div>`;
  return html`<section id="changes" class="card notice" aria-labelledby="changes-title" data-live>
<h2 id="changes-title">Changed on this page</h2>
<ul>${changes.map(({ atMillis, text }) => html`<li>${timeText(atMillis)}: ${text}</li>`)}</ul>
<p>Run <code>pulumi refresh</code> to see a change of an object that Pulumi manages, or <code>pulumi up --refresh</code> to undo it.</p>
</section>`;
}

function organizationHtml({ name, uuid, tables, idOf }: ShownOrganization, index: number): Html {
  const objects = tables.filter(({ isFixed }) => isFixed !== true);
  const fixed = tables.filter(({ isFixed }) => isFixed === true);
  return html`<section id="organization-${index}" class="card" aria-labelledby="organization-${index}-title">
<h2 id="organization-${index}-title">${name}</h2>
<p class="soft">${uuid}</p>
<div id="organization-${index}-objects" data-live>
${objects.map((table) => tableHtml(table, idOf))}
</div>
${fixed.map(foldedTable)}
</section>
`;
}

function requestsHtml({ requests, requestCount }: PageContent, nameOf: ReadonlyMap<string, string>): Html {
  const table: Table = {
    title: "Requests",
    columns: ["Time (UTC)", "Operation", "Organization", "Status"],
    rows: requests.map(({ operation, path, organizationUuid, status, atMillis }) => ({
      cells: [
        timeText(atMillis),
        operation ?? path,
        nameOf.get(organizationUuid ?? "") ?? "-",
        status === 0 ? "no answer" : `${status}`,
      ],
    })),
  };
  const count =
    requestCount > requests.length ? `The last ${requests.length} of ${requestCount}, newest first.` : "Newest first.";
  return html`<section id="requests" class="card" aria-labelledby="requests-title" data-live>
<h2 id="requests-title">Requests</h2>
<p class="soft">${count}</p>
${rowsHtml(table)}
</section>`;
}

function timeText(atMillis: number): string {
  return new Date(atMillis).toISOString().slice(11, 19);
}
