/**
 * The module that serves all resources: Pulumi's dynamic-provider process loads it as `pulumi-rhombus/provider`, which is
 * written into every saved state. Its name and its exports must never change.
 */
import { createProviders } from "./session";

const providers = createProviders({ uncaughtOf: process });

/** Serves `AccessControlGroup` resources. */
export const AccessControlGroup = providers.AccessControlGroup;
/** Serves `GeneaIntegration` resources. */
export const GeneaIntegration = providers.GeneaIntegration;
/** Serves `KisiIntegration` resources. */
export const KisiIntegration = providers.KisiIntegration;
/** Serves `OnGuardIntegration` resources. */
export const OnGuardIntegration = providers.OnGuardIntegration;
