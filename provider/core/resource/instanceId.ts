/**
 * A random text in a state that tells two resources with the same id apart. `undefined` in a state that no operation has
 * written yet, such as an imported one before its first refresh.
 */
export type InstanceId = string | undefined;
