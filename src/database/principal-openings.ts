import type { CallerElevation } from "../identity/caller.ts";

/** Elevations that ended and still give an answer its reason. */
const ENDED_KEPT = 20;

/** An elevation of a principal as JSON carries it: times as text. */
export type ElevationRow = Omit<CallerElevation, "from" | "until" | "reviewedAt"> & {
  readonly from: string;
  readonly until: string;
  readonly reviewedAt: string | null;
};

/**
 * A list of the elevations of a principal: all that are approved, and the last ones that ended, by id.
 * Which of them run is not asked here but at the time of each request: the list is remembered.
 */
export function elevationsOf(principal: string): string {
  const columns = `e.id, e.customer_id, e.fields, e.purpose, e.decided_at, e.until, e.reviewed_at`;
  return `(
    SELECT coalesce(jsonb_agg(jsonb_build_object(
             'id', e.id, 'customerId', e.customer_id, 'fields', e.fields, 'purpose', e.purpose,
             'from', e.decided_at, 'until', e.until, 'reviewedAt', e.reviewed_at) ORDER BY e.id), '[]')
      FROM ((SELECT ${columns} FROM elevation e
              WHERE e.requester_id = ${principal}.id AND e.state = 'APPROVED')
            UNION ALL
            (SELECT ${columns} FROM elevation e
              WHERE e.requester_id = ${principal}.id AND e.state = 'ENDED' AND e.until IS NOT NULL
              ORDER BY e.until DESC LIMIT ${ENDED_KEPT})) e)`;
}

/** A list of the disclosure cases that name a principal, of the organisations for which it works. */
export function disclosureCasesOf(principal: string): string {
  return `(
    SELECT coalesce(jsonb_agg(jsonb_build_object(
             'code', c.code, 'fields', c.fields, 'jurisdiction', c.jurisdiction,
             'approvalRef', c.approval_ref, 'state', c.state) ORDER BY c.code, c.id), '[]')
      FROM disclosure_case c
     WHERE c.code = ANY (${principal}.case_codes)
       AND c.organisation_id = ANY (${principal}.serves || ${principal}.organisation_id))`;
}

/** A list of the audits in whose team a principal is, but for those that are closed. */
export function engagementsOf(principal: string): string {
  return `(
    SELECT coalesce(jsonb_agg(jsonb_build_object(
             'id', g.id, 'code', g.code, 'state', g.state, 'organisationIds', to_jsonb(g.organisation_ids),
             'transferIds', to_jsonb(g.transfer_ids), 'limitedToTransfers', g.limited_to_transfers,
             'from', g.period_from, 'to', g.period_to) ORDER BY g.id), '[]')
      FROM audit_engagement g
     WHERE g.team_ids @> ARRAY[${principal}.id] AND g.state <> 'CLOSED')`;
}

/** The elevation with its times. */
export function elevationFrom({ from, until, reviewedAt, ...rest }: ElevationRow): CallerElevation {
  return {
    ...rest,
    from: new Date(from),
    until: new Date(until),
    reviewedAt: reviewedAt === null ? null : new Date(reviewedAt),
  };
}
