import { code, codeLine, joinedWithAnd } from "../output/plainText";
import type { AccessEffects } from "./accessEffects";
import { AccessSentences } from "./accessSentences";
import type { Finding } from "./changes";
import type { Labelled } from "./findingLines";
import { grantReferences } from "./grantReferences";
import { shortened } from "./lists";
import { labelOf } from "./resource";

/**
 * The findings about who gains or loses access in an organization.
 * @param effects The effects of the plan.
 */
export function accessFindings({ steps, effects }: AccessEffects): Labelled[] {
  if ("why" in effects) {
    const text = `its effects on who may open which door, because ${effects.why}`;
    return steps.map((step) => ({ label: labelOf(step), findings: [{ kind: "access", text }] }));
  }
  const unread = effects.rules.unread.map(({ what, why }): Finding => {
    return {
      kind: "access",
      text: `effects on who may open which door, because ${code(what)} could not be read: ${codeLine(why)}`,
    };
  });
  const usedElsewhere = effects.uses.map(({ label, found, notShown }): Labelled => {
    const findings: Finding[] = [];
    if (found.length > 0) findings.push({ kind: "used", text: joinedWithAnd(shortened(found)) });
    if (notShown !== undefined) findings.push({ kind: "used", text: `perhaps, because ${notShown}` });
    return { label, findings };
  });
  const references = steps.map((step): Labelled => {
    return { label: labelOf(step), findings: step.type === "AccessGrant" ? grantReferences(step, effects.rules) : [] };
  });
  const sentences = new AccessSentences(effects).findings();
  return [{ label: "", findings: [...sentences, ...unread] }, ...usedElsewhere, ...references];
}
