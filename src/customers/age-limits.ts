/** Ages in completed years at which the law treats a person otherwise. */
export interface AgeLimits {
  /** Below it a guardian must agree. */
  readonly guardian: number;
  /** Below it a person is a minor. */
  readonly majority: number;
}

/** The ages of a jurisdiction, as its law pack says them. */
export type AgesIn = (jurisdiction: string) => AgeLimits;
