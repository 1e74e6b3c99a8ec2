import { RhombusError } from "../errors/rhombusError";
import { quotable } from "../redaction/plainText";
import type { Listed } from "./listings";
import {
  type AnswerOf,
  type ItemOf,
  type ListOperation,
  listOperations,
  type OperationName,
  type RequestOf,
  type SettingsOf,
  type SettingsOperation,
  settingsOperations,
} from "./operations";

/** The remedy for a managed object whose absence Rhombus never proves. */
export const ABSENCE_REMEDY = "If the object is certainly gone, `pulumi state delete` removes it from the state.";

const INTEGRATION_REMEDY =
  "If the integration is in the state and certainly gone, `pulumi state delete` removes it from the state. If it was never " +
  "configured, configure it once in the Rhombus console, then adopt it.";

const SHOWN_REMEDY = "If the error persists, check the integration in the Rhombus console.";

/** The result of a search for an integration that does not prove its absence. */
export interface UnprovedAbsence {
  /** The reason, as a clause. */
  readonly reason: string;
  /** True if the search shows the integration; false if it may be incomplete. */
  readonly isShown: boolean;
}

/**
 * Decides what an answer with status 200 proves. An answer with an error text is silent. It does not even prove what it shows, because the rest may be
 * incomplete. An object is absent only if the list or map that would show it is present and each of its items has an id
 * (docs/rhombus-api.md).
 */
export class Evidence {
  /** Takes the function that removes secrets from a text. */
  constructor(private readonly redact: (text: string) => string) {}

  /** The items of an answered list, with the error if it may be incomplete. `furtherRemedy` is a part of that error. */
  list<Name extends ListOperation>(
    operation: Name,
    request: RequestOf<Name>,
    answer: AnswerOf<Name> & object,
    furtherRemedy?: string,
  ): Listed<ItemOf<Name>> {
    const { list } = listOperations[operation];
    const remedy = furtherRemedy ?? (list.hasManagedItems ? ABSENCE_REMEDY : undefined);
    const errorText = this.errorTextIn(answer);
    if (errorText !== undefined) return { items: [], silentError: this.silentErrorFor(operation, errorText, remedy) };
    const items = list.items(answer);
    const shown = present(items).filter((item) => (list.idOf(item, request) ?? "") !== "");
    const empty = missing(list.key, items);
    const reason = empty ?? this.warningIn(answer) ?? incomplete(list.key, shown, items);
    if (reason === undefined) return { items: shown };
    const silentError = this.silentErrorFor(operation, reason, remedy);
    return { items: shown, silentError, ...(empty === undefined ? {} : { mayBeEmpty: true }) };
  }

  /**
   * The settings of an integration, of which an organization has at most one. Settings with defaults only are silent.
   * @param operation The operation that reads the settings.
   * @param read Calls it.
   * @param confirmAbsence Reads another operation that would show the integration: `undefined` if that proves its absence.
   */
  async settingsOf<Name extends SettingsOperation>(
    operation: Name,
    read: () => Promise<AnswerOf<Name>>,
    confirmAbsence: () => Promise<UnprovedAbsence | undefined>,
  ): Promise<Listed<SettingsOf<Name>>> {
    const key = settingsOperations[operation].settings;
    const { settings, errorText } = await read().then(
      (answer) => ({ settings: answer[key], errorText: this.errorTextIn(answer) }),
      (error: unknown) => ({ settings: undefined, errorText: this.refusal(error) }),
    );
    const isShown = settings !== undefined && settings !== null && !isUnconfigured(settings);
    if (isShown && errorText === undefined) return { items: [settings] };
    const reason = errorText ?? missing(key, settings) ?? `"${key}" contains only defaults`;
    const unproved = isShown ? { reason: "", isShown } : await confirmAbsence().catch(failedSearch);
    if (unproved === undefined) return { items: [] };
    const reasons = [reason, unproved.reason].filter((each) => each !== "").join("; ");
    const remedy = unproved.isShown ? SHOWN_REMEDY : INTEGRATION_REMEDY;
    return { items: [], silentError: this.silentErrorFor(operation, reasons, remedy) };
  }

  /** The part of an answer that reports an error, under whatever name; `undefined` if there is none. */
  errorTextIn(answer: object): string | undefined {
    for (const [name, value] of Object.entries(answer)) {
      if (FAILED.test(name) && !isDefault(value)) {
        return typeof value === "string" ? this.quoted(value) : `"${this.plain(name)}" is set`;
      }
      if (SUCCEEDED.test(name) && value === false) return `"${this.plain(name)}" is false`;
      const isFailure = typeof value === "number" ? value >= 400 : typeof value === "string" && FAILED.test(value);
      if (/^status(?:Code)?$/i.test(name) && isFailure) return `"${this.plain(name)}" is ${this.plain(String(value))}`;
    }
    return undefined;
  }

  /** The warning of an answer: what the answer shows is true, but may be incomplete. `undefined` if there is none. */
  warningIn(answer: object): string | undefined {
    const warning: unknown = Reflect.get(answer, "warningMsg");
    return typeof warning === "string" && warning.trim() !== "" ? this.quoted(warning) : undefined;
  }

  /** The error for an answer that may be incomplete. */
  silentErrorFor(operation: OperationName, reason: string, furtherRemedy = ""): RhombusError {
    const what = `the answer may be incomplete: ${reason}`;
    const remedy = `Run the command again. ${furtherRemedy}`.trim();
    return new RhombusError({ operation, kind: "silent", outcome: "refused", status: 200, what, remedy }, this.redact);
  }

  /** An error text such as "not configured" proves no more than other errors with status 200. */
  private refusal(error: unknown): string {
    if (!(error instanceof RhombusError) || error.kind !== "domain") throw error;
    return this.quoted(error.vendorMessage ?? "an error without a text");
  }

  private quoted(errorText: string): string {
    return `Rhombus reported "${this.plain(errorText)}"`;
  }

  private plain(errorText: string): string {
    return quotable(errorText, this.redact);
  }
}

/** The reason why an answer is silent if a value is missing or null; `undefined` if the value is there. */
export function missing(key: string, value: unknown): string | undefined {
  if (value === undefined) return `"${key}" is missing`;
  return value === null ? `"${key}" is null` : undefined;
}

/** The reason why a list with unreadable items is silent; `undefined` if all items could be read. */
export function incomplete(
  key: string,
  shown: readonly unknown[],
  all: readonly unknown[] | null | undefined,
): string | undefined {
  return shown.length < (all ?? []).length ? `an item of "${key}" is null or has no id` : undefined;
}

/** Names that report an error, or an incomplete answer. `warningMsg` belongs to a success. */
const FAILED =
  /error|^err|fault|fail|^msg$|message|detail|reason|exception|partial|incomplete|truncat|^next|cursor|^has_?more$/i;

/** Names that report a success. */
const SUCCEEDED = /^(?:success|succeeded|ok|complete)$/i;

/** Maps whose keys name objects: with any key they are not a default. */
const NAMED_MAPS: readonly string[] = [
  "deploymentToSettingsMap",
  "doorInfoMap",
  "doorToCameraMap",
  "placeToSettingsMap",
];

/** Fields that may have a value although the integration was never configured. */
const IDLE_FIELDS: readonly string[] = [
  "integration",
  "integrationAuditMap",
  "orgUuid",
  "userUuid",
  "badgeFaceVerificationMode",
];

/** True if the settings of an integration have defaults only: nothing enabled, no key, no token, no door. */
export function isUnconfigured(settings: object): boolean {
  return Object.entries(settings).every(([name, value]) => {
    if (NAMED_MAPS.includes(name)) return Object.keys(value ?? {}).length === 0;
    return IDLE_FIELDS.includes(name) || isDefault(value);
  });
}

function isDefault(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === "" || value === 0) return true;
  return typeof value === "object" && Object.values(value).every(isDefault);
}

/** The items of a list that are not null. */
function present<T>(items: readonly (T | null)[] | null | undefined): T[] {
  return (items ?? []).filter((item) => item !== null);
}

function failedSearch(error: unknown): UnprovedAbsence {
  if (!(error instanceof RhombusError)) throw error;
  return { reason: error.summary, isShown: false };
}
