import { code } from "../output/markdown";
import type { Danger } from "./danger";
import type { Values } from "./plan";

/** Flags that reduce monitoring when they are switched off. */
const MONITORING = [
  "enabled",
  "alertUnauthorizedFaces",
  "createAccessAnomalyAlerts",
  "createSeekPoints",
  "identifyFacesFromBadge",
  "indexFaces",
  "saveClips",
  "defaultOptionsEnabled",
];

/** Flags that reduce monitoring when they are switched on. */
const DISABLING = ["badgeAuthDisablesAlarmMonitoring"];

/** The modes of face verification, from the least strict. */
const MODES = ["OFF", "SHADOW", "SUPERVISED", "AUTO"];

/**
 * Finds settings whose change reduces monitoring.
 * @param before The settings before.
 * @param after The settings after.
 * @param place A suffix that names the place of the settings, as Markdown. Default: none.
 */
export function switchedOff(before: Values, after: Values, place = ""): Danger[] {
  const off = MONITORING.filter(
    (name) => before[name] === true && (after[name] === false || after[name] === undefined),
  );
  const disabling = DISABLING.filter((name) => before[name] !== true && after[name] === true);
  const [old, next] = [before, after].map(({ badgeFaceVerificationMode: mode = "OFF" }) => MODES.indexOf(String(mode)));
  const isLessStrict = old !== undefined && next !== undefined && next >= 0 && next < old;
  return [
    ...off.map((name): Danger => ({ kind: "disabled", text: `${code(name)}${place}` })),
    ...disabling.map((name): Danger => ({ kind: "disabled", text: `alarm monitoring, by ${code(name)}${place}` })),
    ...(isLessStrict
      ? [{ kind: "disabled" as const, text: `${code("badgeFaceVerificationMode")} is less strict${place}` }]
      : []),
  ];
}
