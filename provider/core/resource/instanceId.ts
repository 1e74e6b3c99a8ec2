/**
 * Tells two resources with one id apart: a random text that each gets when it is created, and keeps in its state. `undefined`
 * in a state that `create` did not write, such as an imported one before its first refresh.
 */
export type InstanceId = string | undefined;
