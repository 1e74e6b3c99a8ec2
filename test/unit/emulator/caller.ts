import assert from "node:assert/strict";
import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from "node:http";
import {
  campusSeed,
  type Emulator,
  type EmulatorOptions,
  type OperationName,
  startEmulator,
} from "../../../provider/emulator";
import { operations } from "../../../provider/emulator/domains/domains";

export const paths: ReadonlyMap<string, string> = new Map(operations.map(({ name, path }) => [name, path]));

export const asAcme = { "x-auth-scheme": "api-token", "x-auth-apikey": campusSeed.acme.apiKey };
export const asPartner = { "x-auth-scheme": "partner-api-token", "x-auth-apikey": campusSeed.partner.apiKey };

const running: Emulator[] = [];

/** Starts an emulator that {@link closeAll} closes. */
export async function start(options: EmulatorOptions = {}): Promise<Emulator> {
  const emulator = await startEmulator(options);
  running.push(emulator);
  return emulator;
}

export async function closeAll(): Promise<void> {
  await Promise.all(running.splice(0).map((emulator) => emulator.close()));
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Undefined unless the text is JSON. */
  readonly body: unknown;
}

export type CallHeaders = Readonly<Record<string, string>>;

export async function post(url: string, headers: CallHeaders, body: string): Promise<Answer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
    redirect: "manual",
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

interface ExactRequest {
  readonly method?: string;
  readonly path: string;
  readonly headers: OutgoingHttpHeaders;
  readonly body?: string;
}

/** Sends a request with exactly these headers, which fetch would not do. */
export function sendExactly(
  { port }: Emulator,
  { method = "POST", path, headers, body = "" }: ExactRequest,
): Promise<{ status: number; headers: IncomingHttpHeaders; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", method, path, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on("error", reject).end(body);
  });
}

/** Calls an operation as Acme, or with other headers. */
export function call(
  emulator: Emulator,
  name: OperationName,
  body: object = {},
  headers: CallHeaders = asAcme,
): Promise<Answer> {
  return post(`${emulator.url}${paths.get(name)}`, headers, JSON.stringify(body));
}

/** Calls an operation that must answer 200, and returns its body. */
export async function ask(
  emulator: Emulator,
  name: OperationName,
  body: object = {},
  headers: CallHeaders = asAcme,
): Promise<unknown> {
  const answer = await call(emulator, name, body, headers);
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
}

/** The value in an answer at a path of names and indexes. */
export function at(value: unknown, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => {
    assert.ok(typeof inner === "object" && inner !== null, `nothing at ${path.join(".")}`);
    return new Map(Object.entries(inner)).get(`${key}`);
  }, value);
}

export function textAt(value: unknown, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  assert.ok(typeof found === "string", `no text at ${path.join(".")}`);
  return found;
}

export function listAt(value: unknown, ...path: (string | number)[]): unknown[] {
  const found = at(value, ...path);
  assert.ok(Array.isArray(found), `no list at ${path.join(".")}`);
  return found;
}

export function keysAt(value: unknown, ...path: (string | number)[]): string[] {
  const found = at(value, ...path);
  assert.ok(typeof found === "object" && found !== null, `no object at ${path.join(".")}`);
  return Object.keys(found);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
