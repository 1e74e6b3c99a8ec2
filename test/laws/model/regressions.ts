import type { Sequence } from "./sequence";

/** Sequences that once failed, because of a mistake in the provider or in the model. */
export const regressions: Readonly<Record<string, Sequence>> = {
  "one value is changed differently in the program and outside Pulumi": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "staff", fields: { description: 0 } },
      { do: "up" },
      { do: "editRemotely", resource: "staff", path: ["description"], value: "Theirs" },
      { do: "edit", resource: "staff", path: ["description"], value: "Some of us" },
      { do: "up" },
    ],
  },
  "an interrupted create is adopted while a renamed resource is adopted too": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "kisi", fields: {}, adopt: true },
      { do: "declare", resource: "hq", fields: {} },
      { do: "up", lost: "hq" },
      { do: "rename", resource: "kisi", with: "nothing" },
    ],
  },
  "a place is added while another one cannot be removed": {
    behaviours: { mapWrites: "merge", nulls: "keeps" },
    steps: [
      { do: "declare", resource: "kisi", fields: { placeToSettingsMap: 1 } },
      { do: "up" },
      { do: "edit", resource: "kisi", path: ["placeToSettingsMap", "41001"] },
      { do: "edit", resource: "kisi", path: ["placeToSettingsMap", "41002", "doorInfoMap"], value: {} },
    ],
  },
  "a location is declared again after it was cleared in the console": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "staff", fields: { locationUuid: 0, userUuids: 0 } },
      { do: "up" },
      { do: "edit", resource: "staff", path: ["locationUuid"] },
      { do: "up" },
      { do: "declare", resource: "staff", fields: { locationUuid: 0, userUuids: 0 } },
      { do: "editRemotely", resource: "staff", path: ["locationUuid"] },
      { do: "up" },
      { do: "refresh" },
      { do: "up" },
    ],
  },
  "a field of a door is removed, and the read after the write fails": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "genea", fields: { doorInfoMap: 0 } },
      { do: "up" },
      { do: "edit", resource: "genea", path: ["doorInfoMap", "gd-acme-1001", "clipDuration"] },
      {
        do: "up",
        fault: { operation: "getGeneaIntegration", with: { kind: "truncated", when: "after" }, skip: 1, times: 2 },
      },
    ],
  },
  "a place is added while another one must be sent as null, and secrets that are not sent are lost": {
    behaviours: { mapWrites: "merge", serverFieldsOmitted: "wiped" },
    steps: [
      { do: "declare", resource: "kisi", fields: { placeToSettingsMap: 1 } },
      { do: "up" },
      { do: "edit", resource: "kisi", path: ["placeToSettingsMap"], value: { "41002": { saveClips: true } } },
      { do: "up" },
    ],
  },
  "the answer of a create, with the URL of the webhook, is lost twice": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "lab", fields: {} },
      {
        do: "up",
        fault: {
          operation: "createOrUpdateHoneywellOnGuardIntegration",
          with: { kind: "status", status: 500, when: "after" },
          times: 2,
        },
      },
    ],
  },
  "an integration may have been created, and is no longer declared": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "genea", fields: {} },
      { do: "up", fault: { operation: "*", with: { kind: "timeout", when: "after" }, skip: 4, times: 4 } },
      { do: "undeclare", resource: "genea" },
    ],
  },
  "a group is created although the answer is an error, and is no longer declared": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "staff", fields: {} },
      {
        do: "up",
        fault: { operation: "createAccessControlGroup", with: { kind: "status", status: 403, when: "after" } },
      },
      { do: "undeclare", resource: "staff" },
    ],
  },
};
