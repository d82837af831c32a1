import DataLoader from "dataloader";
import { createAuditCandidates } from "./audit-candidates.ts";
import type { RequestContext } from "./graphql/context.ts";
import type { ReferenceOf } from "./audit/caller-state.ts";
import type { DecisionLog } from "./audit/decision-log.ts";
import { PublicError, publicError } from "./errors.ts";
import { AccessRecorder } from "./guard/access-recorder.ts";
import { DecisionJournal } from "./guard/decision-journal.ts";
import { GuardedReader } from "./guard/guarded-reader.ts";
import { LookupBudget } from "./guard/lookup-budget.ts";
import { requireNoRefusal } from "./guard/require-no-refusal.ts";
import { requireOpening } from "./guard/require-opening.ts";
import { requireVerb } from "./guard/require.ts";
import type { ContextRequest } from "./http/graphql-route.ts";
import type { Caller, CallerElevation } from "./identity/caller.ts";
import type { AttributeValues } from "./policy/condition.ts";
import type { Decisions } from "./policy/decisions.ts";
import { reviewConditionsOf } from "./review-conditions.ts";
import type { Services } from "./services.ts";

/**
 * The context of one request: decisions of its caller and a reader that no other request shares.
 *
 * @throws SERVICE_UNAVAILABLE while no policy is served
 */
export function createRequestContext(
  services: Services,
  { caller: identified, now, requestId }: Pick<ContextRequest, "caller" | "now" | "requestId">,
): RequestContext {
  const caller = withReference(identified, services);
  // Taken once: whatever is activated meanwhile, the request ends under the version it began with.
  const engine = services.policy.current();
  const decisions = engine.decisionsFor(caller, now);
  const { log, customerReferences } = services;
  // What can't be put on record is not decided at all.
  if (!log.isAccepting) throw publicError("SERVICE_UNAVAILABLE");
  const referenceOf: ReferenceOf = (id) => customerReferences.referenceOf(id);
  const journal = new DecisionJournal({ requestId, now, decisions, referenceOf });
  refuseOnRecord({ decisions, journal, log });
  const rows = new GuardedReader({
    reader: services.reader,
    decisions,
    callerId: caller.id,
    purpose: caller.purpose,
    cursorKey: services.cursorKey,
    indexesOf: services.indexesOf,
    journal,
    budget: lookupBudgetOf(services, { caller, decisions, now, requestId }),
    maxPageSize: services.config.maxPageSize,
  });
  return {
    requestId,
    caller,
    now,
    purpose: caller.purpose,
    catalog: services.api.catalog,
    decisions,
    decisionsFor: (other, at) => engine.decisionsFor(other, at),
    access: new AccessRecorder(),
    journal,
    unsealer: services.unsealer,
    rows,
    organisations: services.organisations,
    principals: services.principals,
    policies: services.policies,
    ...deskOf(services),
    changes: services.changes,
    alerts: services.alerts,
    policyVersions: services.policyVersions,
    policyTester: services.policyTester,
    elevations: services.elevations,
    engagements: services.engagements,
    accessReviews: services.accessReviews,
    reviewConditions: () => reviewConditionsOf(decisions.bound.policy, now),
    isRole: (word) => decisions.bound.policy.roles.has(word),
    evidence: services.evidence.desk,
    auditors: createAuditCandidates({
      principals: services.principals,
      decisions,
      caller,
      now,
    }),
    requireOpening: ({ row, fields }) => {
      const supposed = supposedElevation({ row, fields, caller, now });
      const decisionsWith = (elevations: Caller["elevations"]): Decisions =>
        engine.decisionsFor({ ...caller, elevations }, now);
      requireOpening({
        without: decisionsWith([]),
        elevated: decisionsWith([supposed]),
        row,
        fields,
      });
    },
    require: (verb, row, fields) => requireOnRecord({ decisions, journal, verb, row, fields }),
  };
}

/** Where policy refuses the whole request, that goes on record; nobody waits for it, nothing was given. */
function refuseOnRecord({
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
function requireOnRecord({
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

/** What the auditor's desk looks things up with. */
function deskOf({
  customerReferences,
  decisionSources,
  proofs: logProofs,
}: Services): Pick<
  RequestContext,
  "references" | "decisionSources" | "principalNames" | "logProofs"
> {
  const principalNames = new DataLoader<string, string | null>(async (ids) => {
    const names = await decisionSources.namesOf(ids);
    return ids.map((id) => names.get(id) ?? null);
  });
  return { references: customerReferences, decisionSources, principalNames, logProofs };
}

/** Only rules about the decision log read by which reference a caller stands in it. */
function withReference(
  caller: Caller,
  { customerReferences }: Pick<Services, "customerReferences">,
): Caller {
  if (caller.customerId === null) return caller;
  return { ...caller, customerReference: customerReferences.referenceOf(caller.customerId) };
}

/** What the caller may find out by lookups; alerts go to the log as well, without any value. */
function lookupBudgetOf(
  { ledger, digestOfLookup, logger }: Services,
  {
    caller,
    decisions,
    now,
    requestId,
  }: Pick<ContextRequest, "caller" | "now" | "requestId"> & { decisions: Decisions },
): LookupBudget {
  const { id, name, organisationId, servedOrganisationIds } = caller;
  const concernedIds = [...new Set([organisationId, ...servedOrganisationIds])];
  return new LookupBudget({
    ledger,
    decisions,
    spender: { id, name, organisationId, concernedIds },
    now,
    digestOf: digestOfLookup,
    onAlert: ({ alertId, kind, field, minutes, counted, allowed }) =>
      logger.warn(
        {
          requestId,
          alertId,
          kind,
          principalId: id,
          organisationId,
          field,
          minutes,
          counted,
          allowed,
        },
        "security alert",
      ),
  });
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
