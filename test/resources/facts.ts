import type { Behaviours, OrganizationConsole } from "../../provider/emulator";
import { type ResourceType, resourceTypes } from "../../provider/resources/registry";
import type { Properties } from "../drivers/properties";
import { facts as accessControlGroup } from "./accessControlGroup/facts";
import { facts as accessGrant } from "./accessGrant/facts";
import { facts as geneaIntegration } from "./geneaIntegration/facts";
import { facts as kisiIntegration } from "./kisiIntegration/facts";
import { facts as onGuardIntegration } from "./onGuardIntegration/facts";
import { facts as schedule } from "./schedule/facts";

/** The facts about a resource that the laws need. They stand in `test/resources/<resource>/facts.ts`. */
export interface ResourceFacts {
  /** Samples of its inputs, by name. Every field must be in one of them. */
  readonly samples: Readonly<Record<string, Sample>>;
  /** A Pulumi id of the right form. */
  readonly exampleId: string;
  /** True if the provider learns the secrets that Rhombus generates from reads only. */
  readonly secretsFromReads: boolean;
  /** `create` of its definition returns `undefined`, so that the object stays unknown if the read after it fails. */
  readonly createProvesNothing?: true;
  /** All objects of its type in the organization, oldest first. */
  objects(console: OrganizationConsole): readonly RemoteObject[];
  /** Creates an object with these properties in the console. */
  add(console: OrganizationConsole, properties: Properties, behaviours?: Behaviours): void;
  /** Gives an object these properties in the console. */
  set(console: OrganizationConsole, id: string, properties: Properties): void;
  /** Removes an object in the console. */
  remove(console: OrganizationConsole, id: string): void;
}

/** An object as the console shows it. */
export interface RemoteObject {
  /** Its Pulumi id. */
  readonly id: string;
  /** Its properties under the names of the inputs. */
  readonly properties: Properties;
  /** The secrets that Rhombus generated, under the names of the outputs. */
  readonly secrets: Properties;
}

/** Inputs of a resource for all laws. */
export interface Sample {
  /** The smallest inputs with which it can be created. */
  readonly least: Properties;
  /**
   * Two values for every field that can change or be left out. Both differ from the value in `least`: a required field is in
   * `least` and here.
   */
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
  /** Fields without values here, each with the reason. */
  readonly waived?: Readonly<Record<string, string>>;
  /** Entries of maps and their fields. Default: none. */
  readonly nested?: NestedInputs;
  /** The properties that the object gets in the console. Absent if another object would come about. */
  readonly drifted?: Properties;
  /** An object that a program with all inputs can adopt. */
  readonly existing: Properties;
  /** Another object beside it, whose name no other property of the sample has. Absent if an organization has only one. */
  readonly unrelated?: Properties;
  /** Inputs that Rhombus may not store as declared. Default: none. */
  readonly edgeCases?: readonly EdgeCase[];
}

/** Inputs below the top level that are set, changed and left out. */
export interface NestedInputs {
  /** The inputs that are always declared. */
  readonly base: Properties;
  /** The values that are set, changed and left out. */
  readonly variations: readonly Variation[];
}

/** A path of the inputs and the values that are declared there, one after the other. */
export interface Variation {
  readonly path: InputPath;
  readonly values: readonly unknown[];
}

/** A declared value that Rhombus may not store. */
export interface EdgeCase {
  readonly name: string;
  readonly path: InputPath;
  readonly value: unknown;
}

/** The names from an input to a value in it. */
export type InputPath = readonly [string, ...string[]];

/** The facts about all resources. A type that is missing here is a compile error: write its `facts.ts`. */
export const resourceFacts: Readonly<Record<ResourceType, ResourceFacts>> = {
  OnGuardIntegration: onGuardIntegration,
  GeneaIntegration: geneaIntegration,
  KisiIntegration: kisiIntegration,
  AccessControlGroup: accessControlGroup,
  Schedule: schedule,
  AccessGrant: accessGrant,
};

/** A sample with the type of its resource. */
export interface TypedSample extends Sample {
  readonly type: ResourceType;
}

/** The samples of all resources, by name. */
export const samples: Readonly<Record<string, TypedSample>> = Object.fromEntries(
  resourceTypes.flatMap((type) => {
    return Object.entries(resourceFacts[type].samples).map(([name, sample]) => [name, { ...sample, type }] as const);
  }),
);

/**
 * All inputs of a sample.
 * @param which The first or the second value of each field.
 */
export function full({ least, fields }: Sample, which: 0 | 1 = 0): Properties {
  return { ...least, ...Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, values[which]])) };
}
