import { code } from "../output/markdown";
import type { Danger } from "./danger";
import type { Values } from "./plan";

/** Flags that mean less watching when they go off. */
const WATCHING = [
  "enabled",
  "alertUnauthorizedFaces",
  "createAccessAnomalyAlerts",
  "createSeekPoints",
  "identifyFacesFromBadge",
  "indexFaces",
  "saveClips",
  "defaultOptionsEnabled",
];

/** Flags that mean less watching when they go on. */
const BLINDING = ["badgeAuthDisablesAlarmMonitoring"];

/** How strictly faces are compared, from the laxest. */
const MODES = ["OFF", "SHADOW", "SUPERVISED", "AUTO"];

/**
 * What is switched off, or down, between two sides of some settings.
 * @param before The settings before.
 * @param after The settings afterwards.
 * @param place The place that they are of, as Markdown; empty where they are the whole integration's.
 */
export function switchedOff(before: Values, after: Values, place = ""): Danger[] {
  const off = WATCHING.filter((name) => before[name] === true && (after[name] === false || after[name] === undefined));
  const blind = BLINDING.filter((name) => before[name] !== true && after[name] === true);
  const [old, next] = [before, after].map(({ badgeFaceVerificationMode: mode = "OFF" }) => MODES.indexOf(String(mode)));
  const isLaxer = old !== undefined && next !== undefined && next >= 0 && next < old;
  return [
    ...off.map((name): Danger => ({ kind: "disabled", said: `${code(name)}${place}` })),
    ...blind.map((name): Danger => ({ kind: "disabled", said: `alarm monitoring, by ${code(name)}${place}` })),
    ...(isLaxer ? [{ kind: "disabled" as const, said: `${code("badgeFaceVerificationMode")} is laxer${place}` }] : []),
  ];
}
