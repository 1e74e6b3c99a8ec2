/** How strictly Rhombus compares a face with the badge that is used. */
export type BadgeFaceVerificationMode = "OFF" | "SHADOW" | "SUPERVISED" | "AUTO";

/** All modes; the first one stands for nothing declared. */
export const badgeFaceVerificationModes = ["OFF", "SHADOW", "SUPERVISED", "AUTO"] as const satisfies readonly [
  BadgeFaceVerificationMode,
  ...BadgeFaceVerificationMode[],
];
