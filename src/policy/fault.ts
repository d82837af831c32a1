/** Something wrong in a policy document, with the place to mend it. */
export interface PolicyFault {
  readonly file: string;
  /** Line, counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** All faults of a policy at once; nothing is served under a policy that has one. */
export class PolicyFaults extends Error {
  override readonly name = "PolicyFaults";
  readonly faults: readonly PolicyFault[];

  constructor(faults: readonly PolicyFault[]) {
    super(faults.map((fault) => `${fault.file}:${fault.line}: ${fault.message}`).join("\n"));
    this.faults = faults;
  }
}
