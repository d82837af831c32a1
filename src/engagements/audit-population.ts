import type { AuditPopulation } from "./audit.enums.ts";
import type { AuditSampleFilterInput } from "./audit-sample.inputs.ts";

/** How a population is drawn from and shown: a further one is one line more. */
interface Population {
  /** The guarded type of its rows. */
  readonly type: string;
  /** Where its filter stands in the input, and its rows in the answer. */
  readonly name: keyof AuditSampleFilterInput;
}

/** Every population. */
export const POPULATIONS: Readonly<Record<`${AuditPopulation}`, Population>> = {
  CUSTOMERS: { type: "Customer", name: "customers" },
};
