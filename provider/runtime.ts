/**
 * The module that serves all resources: Pulumi's dynamic-provider process loads it as `pulumi-rhombus/provider`, which is
 * written into every saved state. Its name and its exports must never change.
 */
import { createProviders } from "./session";

/** The provider of each resource type, under the type's name. */
export const { AccessControlGroup, AccessGrant, GeneaIntegration, KisiIntegration, OnGuardIntegration, Schedule } =
  createProviders({
    uncaughtOf: process,
  });
