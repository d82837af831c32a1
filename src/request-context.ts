import DataLoader from "dataloader";
import { createAuditCandidates } from "./audit-candidates.ts";
import type { RequestContext } from "./graphql/context.ts";
import { publicError } from "./errors.ts";
import { AccessRecorder } from "./guard/access-recorder.ts";
import { DecisionJournal } from "./guard/decision-journal.ts";
import { GuardedReader } from "./guard/guarded-reader.ts";
import { LookupBudget } from "./guard/lookup-budget.ts";
import type { ContextRequest } from "./http/graphql-route.ts";
import type { Caller } from "./identity/caller.ts";
import type { Decisions } from "./policy/decisions.ts";
import { reviewConditionsOf } from "./review-conditions.ts";
import { demandOpening, refuseOnRecord, requireOnRecord } from "./request-demands.ts";
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
  const { log, customerReferences: references } = services;
  // What can't be put on record is not decided at all.
  if (!log.isAccepting) throw publicError("SERVICE_UNAVAILABLE");
  const journal = new DecisionJournal({ requestId, now, decisions, references });
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
    ...writersOf(services),
    reviewConditions: () => reviewConditionsOf(decisions.bound.policy, now),
    isRole: (word) => decisions.bound.policy.roles.has(word),
    evidence: services.evidence.desk,
    auditors: createAuditCandidates({
      principals: services.principals,
      decisions,
      caller,
      now,
    }),
    requireOpening: (asked) =>
      demandOpening({
        ...asked,
        caller,
        now,
        decisionsWith: (elevations) => engine.decisionsFor({ ...caller, elevations }, now),
      }),
    require: (verb, row, fields) => requireOnRecord({ decisions, journal, verb, row, fields }),
  };
}

/** What writes changes that were permitted. */
function writersOf({
  changes,
  alerts,
  policyVersions,
  policyTester,
  elevations,
  engagements,
  accessReviews,
}: Services): Pick<
  RequestContext,
  | "changes"
  | "alerts"
  | "policyVersions"
  | "policyTester"
  | "elevations"
  | "engagements"
  | "accessReviews"
> {
  const policy = { policyVersions, policyTester };
  return { changes, alerts, elevations, engagements, accessReviews, ...policy };
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
