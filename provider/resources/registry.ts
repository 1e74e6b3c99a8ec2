import { accessControlGroup } from "./accessControlGroup/definition";
import { geneaIntegration } from "./geneaIntegration/definition";
import { kisiIntegration } from "./kisiIntegration/definition";
import { onGuardIntegration } from "./onGuardIntegration/definition";

/** What every resource is, by type. A resource that is added here is served, and held to the contract of all resources. */
export const definitions = {
  AccessControlGroup: accessControlGroup,
  GeneaIntegration: geneaIntegration,
  KisiIntegration: kisiIntegration,
  OnGuardIntegration: onGuardIntegration,
} as const;
