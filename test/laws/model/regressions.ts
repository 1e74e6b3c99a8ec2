import type { Sequence } from "./sequence";

/** Sequences that once failed, because of a mistake in the provider or in the model. */
export const regressions: Readonly<Record<string, Sequence>> = {
  "a killed creation is adopted, while a resource that was renamed in the program is taken over": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "kisi", fields: {}, adopt: true },
      { do: "declare", resource: "hq", fields: {} },
      { do: "up", lost: "hq" },
      { do: "rename", resource: "kisi", with: "nothing" },
    ],
  },
  "the restore of a deployment that a creation has changed gets no answer": {
    behaviours: { onGuardCreate: "existing" },
    steps: [
      { do: "declare", resource: "hq", fields: {} },
      { do: "up" },
      { do: "declare", resource: "lab", fields: {} },
      {
        do: "up",
        fault: {
          organization: "acme",
          operation: "createOrUpdateHoneywellOnGuardIntegration",
          with: { kind: "reset", when: "before" },
          skip: 1,
        },
      },
    ],
  },
  "a place is added where another one cannot go": {
    behaviours: { mapWrites: "merge", nulls: "keeps" },
    steps: [
      { do: "declare", resource: "kisi", fields: { placeToSettingsMap: 1 } },
      { do: "up" },
      { do: "edit", resource: "kisi", path: ["placeToSettingsMap", "41001"] },
      { do: "edit", resource: "kisi", path: ["placeToSettingsMap", "41002", "doorInfoMap"], value: {} },
    ],
  },
  "a place that was cleared outside, and that the program gives up as well": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "staff", fields: { locationUuid: 0 } },
      { do: "up" },
      { do: "editRemotely", resource: "staff", path: ["locationUuid"] },
      { do: "edit", resource: "staff", path: ["locationUuid"] },
      { do: "refresh" },
    ],
  },
  "a place that is given up, and declared again after somebody has changed it": {
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
  "two groups that are gone, under a key that may not tell its organization": {
    behaviours: { organizationReads: "refused" },
    steps: [
      { do: "declare", resource: "staff", fields: {} },
      { do: "declare", resource: "night", fields: {} },
      { do: "up" },
      { do: "removeRemotely", resource: "staff" },
      { do: "removeRemotely", resource: "night" },
    ],
  },
  "an integration that Rhombus made although it said that it did not, while reads lag": {
    behaviours: { readLagMs: 30 },
    steps: [
      { do: "declare", resource: "genea", fields: {} },
      {
        do: "up",
        fault: {
          organization: "acme",
          operation: "updateGeneaIntegrationV2",
          with: { kind: "status", status: 403, when: "after" },
        },
      },
    ],
  },
  "a set of users that is managed again": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "nurses", fields: { userUuids: 0 } },
      { do: "up" },
      { do: "edit", resource: "nurses", path: ["userUuids"] },
      { do: "up" },
      { do: "declare", resource: "nurses", fields: { userUuids: 1 } },
    ],
  },
  "a field of a door is taken back, and the read after the write fails": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "genea", fields: { doorInfoMap: 0 } },
      { do: "up" },
      { do: "edit", resource: "genea", path: ["doorInfoMap", "gd-acme-1001", "clipDuration"] },
      {
        do: "up",
        fault: {
          organization: "acme",
          operation: "getGeneaIntegration",
          with: { kind: "truncated", when: "after" },
          skip: 1,
          times: 2,
        },
      },
    ],
  },
  "a creation that never heard its webhook address": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "lab", fields: {} },
      {
        do: "up",
        fault: {
          organization: "acme",
          operation: "createOrUpdateHoneywellOnGuardIntegration",
          with: { kind: "status", status: 500, when: "after" },
          times: 2,
        },
      },
    ],
  },
  "an existing deployment that bears another's name, because both the answer and the look for it were lost": {
    behaviours: { onGuardCreate: "existing" },
    steps: [
      { do: "declare", resource: "hq", fields: {} },
      { do: "up" },
      { do: "declare", resource: "lab", fields: {} },
      {
        do: "up",
        fault: {
          organization: "acme",
          operation: "*",
          with: { kind: "status", status: 500, when: "after" },
          skip: 3,
          times: 30,
        },
      },
    ],
  },
  "a deployment that bears another's name, made in the very run in which both answer and look were lost": {
    behaviours: { onGuardCreate: "existing", errorAfterWrites: 2 },
    steps: [
      { do: "declare", resource: "hq", fields: {} },
      { do: "declare", resource: "lab", fields: {} },
      {
        do: "up",
        fault: { organization: "acme", operation: "*", with: { kind: "emptyBody", when: "after" }, skip: 6, times: 2 },
      },
    ],
  },
  "a place is added while another one has to be sent as null to go, and what is not sent is wiped": {
    behaviours: { mapWrites: "merge", serverFieldsOmitted: "wiped" },
    steps: [
      { do: "declare", resource: "kisi", fields: { placeToSettingsMap: 1 } },
      { do: "up" },
      { do: "edit", resource: "kisi", path: ["placeToSettingsMap"], value: { "41002": { saveClips: true } } },
      { do: "up" },
    ],
  },
  "the first version of Kisi where both versions have a store each": {
    behaviours: { kisiVersions: "separate" },
    steps: [
      { do: "declare", resource: "kisi", fields: {} },
      { do: "edit", resource: "kisi", path: ["apiVersion"], value: "V1" },
    ],
  },
  "two deployments of one name, of which none is taken over": {
    behaviours: {},
    steps: [
      { do: "createRemotely", resource: "hq" },
      { do: "createRemotely", resource: "hq" },
      { do: "declare", resource: "hq", fields: {}, adopt: true },
      { do: "up" },
    ],
  },
  "an integration of which nobody could see whether it was made, and which nobody wants any more": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "genea", fields: {} },
      {
        do: "up",
        fault: { organization: "acme", operation: "*", with: { kind: "timeout", when: "after" }, skip: 4, times: 4 },
      },
      { do: "undeclare", resource: "genea" },
    ],
  },
  "a group that Rhombus made although it said that it did not, and that nobody wants any more": {
    behaviours: {},
    steps: [
      { do: "declare", resource: "staff", fields: {} },
      {
        do: "up",
        fault: {
          organization: "acme",
          operation: "createAccessControlGroup",
          with: { kind: "status", status: 403, when: "after" },
        },
      },
      { do: "undeclare", resource: "staff" },
    ],
  },
};
