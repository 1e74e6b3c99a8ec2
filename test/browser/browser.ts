import assert from "node:assert/strict";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Chromium looks nothing up outside of this machine with these, and runs as root. */
const ARGUMENTS = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A name that resolves to the emulator, as an attacker's would.
  "--host-resolver-rules=MAP rebound.example 127.0.0.1",
];

/** Starts the Chromium that `npm run test:browser` has found. */
export function launch(): Promise<Browser> {
  const executablePath = process.env.PULUMI_RHOMBUS_CHROMIUM;
  assert.ok(executablePath, "Run `npm run test:browser`, which finds Chromium.");
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/** A tab that records what goes wrong in it. */
export interface Tab {
  /** The page. */
  readonly page: Page;
  /** Errors of scripts, of the console and of the content security policy, dialogs, and requests to other hosts. */
  readonly problems: string[];
}

/** Opens a tab in a browser of its own settings. */
export async function openTab(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext(options);
  // tsx calls it in the functions that a test evaluates in the page.
  await context.addInitScript("globalThis.__name = (named) => named;");
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) problems.push(message.text());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("dialog", (dialog) => problems.push(dialog.message()));
  page.on("request", (request) => {
    if (!request.url().startsWith(url)) problems.push(request.url());
  });
  await page.goto(url);
  return { page, problems };
}
