import type { DecisionFilter } from "../decisions/decision.inputs.ts";
import { searchIn } from "../decisions/decision-search.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { FilterInput } from "../guard/read-predicates.ts";
import type { AuditPopulation } from "./audit.enums.ts";
import type { AuditSampleFilterInput } from "./audit-sample.inputs.ts";

/** How a population is drawn from and shown: a further one is one line more. */
interface Population {
  /** The guarded type of its rows. */
  readonly type: string;
  /** Where its filter stands in the input, and its rows in the answer. */
  readonly name: keyof AuditSampleFilterInput;
  /** Reads a filter, as it was given and kept, in the form that the guarded reader takes. */
  readonly search: (given: object, context: RequestContext) => Promise<FilterInput | null>;
}

/** Every population. */
export const POPULATIONS: Readonly<Record<`${AuditPopulation}`, Population>> = {
  CUSTOMERS: {
    type: "Customer",
    name: "customers",
    search: async (given) => given as FilterInput,
  },
  DECISIONS: {
    type: "Decision",
    name: "decisions",
    search: (given, context) => searchIn(given as DecisionFilter, context),
  },
};
