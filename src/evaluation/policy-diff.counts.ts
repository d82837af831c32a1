import type { RequestContext } from "../graphql/context.ts";
import type { PairChanges } from "../policy/diff.ts";
import { conditionsToCount, CountsByCondition } from "../policy/diff-counts.ts";

/** The counts on the ledger of one organisation for which the auditor works. */
export interface LedgerOfAuditor {
  readonly id: string;
  readonly code: string;
  readonly counts: CountsByCondition;
}

/** Counts what changes on every ledger within the auditor's reach: one statement a type. */
export async function countedBy({
  pairs,
  context,
  isApproved,
}: {
  pairs: readonly PairChanges[];
  context: RequestContext;
  isApproved: boolean;
}): Promise<LedgerOfAuditor[]> {
  const ledgers: LedgerOfAuditor[] = [];
  for (const id of context.caller.servedOrganisationIds) {
    const organisation = await context.organisations.byId(id);
    if (organisation === null) continue;
    const counts = new CountsByCondition();
    for (const question of conditionsToCount(pairs, id)) {
      counts.add(question, await context.rows.countChanges({ ...question, isApproved }));
    }
    ledgers.push({ id, code: organisation.code ?? id, counts });
  }
  return ledgers;
}
