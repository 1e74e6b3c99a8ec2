import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Behaviours } from "../behaviours/behaviours";
import type { Store } from "../data/store";
import { tablesOf } from "../domains/domains";
import type { Reply } from "../server/reply";
import type { RequestLog } from "../server/requestLog";
import { accountTables } from "./accountTables";
import { type Change, pageReply, type ShownOrganization } from "./page";
import type { Action } from "./table";

/** The state of an emulator that the page shows. */
export interface PageState {
  /** All data of the emulator. */
  readonly store: Store;
  /** The behaviours. */
  readonly behaviours: Behaviours;
  /** The log of calls. */
  readonly log: RequestLog;
  /** The URL of the server, without a trailing slash. */
  readonly baseUrl: string;
  /** The last changes that were made on the page, newest first. */
  readonly changes: Change[];
}

/** The number of changes and of requests that the page shows. */
const maxShown = { changes: 10, requests: 50 } as const;

/** The refusal of a form that may come from another site. Every browser sends the origin of a form, unless it is told not to. */
const withoutOrigin =
  "Let the browser send the header Origin, which this request lacks: the emulator recognizes its own page by it. Nothing was done.";

/** The path of the page. */
export const pagePath = "/";

/**
 * Answers a request for the page: GET shows it, and POST carries out the action that a form names. The server has
 * refused requests of other sites.
 */
export function answerPage(state: PageState, { method, headers }: IncomingMessage, body: Buffer): Reply {
  switch (method) {
    case "GET":
    case "HEAD":
      return shownPage(state);
    case "POST":
      if (headers.origin === undefined) return shownPage(state, 403, withoutOrigin);
      return carryOut(state, new URLSearchParams(body.toString("utf8")));
    default:
      return { status: 405, headers: { allow: "GET, HEAD, POST" }, body: "" };
  }
}

function carryOut(state: PageState, sent: URLSearchParams): Reply {
  for (const { name, tables, idOf } of organizationsOf(state)) {
    const actions = tables.flatMap((table) => [table, ...table.rows]).flatMap((part) => part.actions ?? []);
    const action = actions.find((each) => idOf(each) === sent.get("action"));
    if (action) return run(state, name, action, sent.get("name") ?? "");
  }
  return shownPage(state, 409, "The object has changed or was deleted in the meantime. Nothing was done.");
}

function run(state: PageState, organization: string, action: Action, input: string): Reply {
  try {
    const text = `${organization}: ${action.run(input)}`;
    state.changes.unshift({ atMillis: Date.now(), text });
    state.changes.splice(maxShown.changes);
  } catch (error) {
    return shownPage(state, 400, error instanceof Error ? error.message : String(error));
  }
  return { status: 303, headers: { location: `${pagePath}#changes` }, body: "" };
}

function shownPage(state: PageState, status?: number, error?: string): Reply {
  const { store, log, changes } = state;
  const { requests, count } = log.latest(maxShown.requests);
  const accounts = accountTables(store.seed);
  return pageReply(
    { organizations: organizationsOf(state), accounts, changes, requests, requestCount: count, error },
    status,
  );
}

function organizationsOf({ store, behaviours, baseUrl }: PageState): ShownOrganization[] {
  return [...store.organizations.values()].map((organization) => {
    const { name, uuid } = organization.seed;
    return {
      name,
      uuid,
      tables: tablesOf({ organization, store, behaviours, baseUrl }),
      // A hash, because the token of an OnGuard deployment is secret.
      idOf: ({ label, target }) => hashOf(JSON.stringify([uuid, label, target])),
    };
  });
}

function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
