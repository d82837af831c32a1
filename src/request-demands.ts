import type { DecisionLog } from "./audit/decision-log.ts";
import { PublicError } from "./errors.ts";
import type { DecisionJournal } from "./guard/decision-journal.ts";
import { requireNoRefusal } from "./guard/require-no-refusal.ts";
import { requireOpening } from "./guard/require-opening.ts";
import { requireVerb } from "./guard/require.ts";
import type { Caller, CallerElevation } from "./identity/caller.ts";
import type { AttributeValues } from "./policy/condition.ts";
import type { Decisions } from "./policy/decisions.ts";

/** Where policy refuses the whole request, that goes on record; nobody waits for it, nothing was given. */
export function refuseOnRecord({
  decisions,
  journal,
  log,
}: {
  decisions: Decisions;
  journal: DecisionJournal;
  log: DecisionLog;
}): void {
  try {
    requireNoRefusal(decisions);
  } catch (error) {
    if (error instanceof PublicError)
      journal.refused(error.code, { rule: decisions.refusal?.id ?? null });
    // The document has not been read yet.
    log.append(journal.close({ name: null, digest: null })).catch(() => undefined);
    throw error;
  }
}

/** The same demand as `requireVerb`, and what came of it in the journal. */
export function requireOnRecord({
  journal,
  ...demand
}: Parameters<typeof requireVerb>[0] & { journal: DecisionJournal }): void {
  const { verb, row, fields } = demand;
  try {
    requireVerb(demand);
  } catch (error) {
    const refusal = error instanceof PublicError ? error.code : "FORBIDDEN";
    journal.verbOn({ verb, row, fields, refusal });
    throw error;
  }
  journal.verbOn({ verb, row, fields, refusal: null });
}

/** The demand that an elevation would open what is asked for, judged as if it were open already. */
export function demandOpening({
  row,
  fields,
  caller,
  now,
  decisionsWith,
}: {
  row: AttributeValues;
  fields: readonly string[];
  caller: Caller;
  now: Date;
  decisionsWith: (elevations: Caller["elevations"]) => Decisions;
}): void {
  const supposed = supposedElevation({ row, fields, caller, now });
  requireOpening({ without: decisionsWith([]), elevated: decisionsWith([supposed]), row, fields });
}

/** Id of what does not exist yet (RFC 9562 section 5.9). */
const NOT_YET = "00000000-0000-0000-0000-000000000000";

/** The elevation that is asked for, as if it were open. */
function supposedElevation({
  row,
  fields,
  caller,
  now,
}: {
  row: AttributeValues;
  fields: readonly string[];
  caller: Caller;
  now: Date;
}): CallerElevation {
  return {
    id: NOT_YET,
    customerId: String(row["id"]),
    fields,
    purpose: caller.purpose ?? "",
    from: new Date(0),
    until: new Date(now.getTime() + 60_000),
    reviewedAt: null,
  };
}
