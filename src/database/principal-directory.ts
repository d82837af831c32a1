import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import { validate as isUuid } from "uuid";
import { ask } from "./ask.ts";
import { canHold } from "./sql-kind.ts";
import type {
  MechanismReference,
  PrincipalRecord,
  PrincipalRegister,
} from "../identity/principal-directory.ts";
import {
  disclosureCasesOf,
  type ElevationRow,
  elevationFrom,
  elevationsOf,
  engagementsOf,
} from "./principal-openings.ts";

/**
 * A change of roles or state holds everywhere within one second, the time of the query included,
 * also where nobody told of it.
 */
const TIME_TO_LIVE_MS = 900;

const FIND = `
  SELECT p.id, p.kind, p.name, p.state,
         jsonb_build_object('id', o.id, 'code', o.code, 'state', o.state,
                            'financial', o.financial, 'operator', o.operator) AS organisation,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'code', s.code) ORDER BY s.code), '[]')
            FROM organisation s WHERE s.id = ANY (p.serves)) AS serves,
         ARRAY(SELECT a.role FROM role_assignment a
                WHERE a.principal_id = p.id ORDER BY a.id) AS "assignedRoles",
         ARRAY(SELECT a.valid_from FROM role_assignment a
                WHERE a.principal_id = p.id ORDER BY a.id) AS "assignedFrom",
         ARRAY(SELECT a.valid_to FROM role_assignment a
                WHERE a.principal_id = p.id ORDER BY a.id) AS "assignedTo",
         coalesce(p.scopes, '{}') AS scopes,
         p.field_ceiling AS "fieldCeiling",
         p.training_valid_until AS "trainingValidUntil",
         p.clearance,
         CASE WHEN p.hours_zone IS NOT NULL THEN
           jsonb_build_object('timeZone', p.hours_zone, 'days', to_jsonb(p.hours_days),
                              'from', p.hours_from, 'to', p.hours_to) END AS "workingHours",
         p.customer_id AS "customerId",
         coalesce(p.allowed_networks, '{}')::text[] AS "allowedNetworks",
         coalesce(p.case_codes, '{}') AS "caseCodes",
         p.location,
         (SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'controllerId', m.controller_id, 'from', m.from_jurisdiction,
                   'to', m.to_jurisdiction, 'validFrom', m.valid_from, 'validTo', m.valid_to,
                   'withdrawnAt', m.withdrawn_at) ORDER BY m.id), '[]')
            FROM cross_border_mechanism m
           WHERE m.recipient_id = p.organisation_id) AS mechanisms,
         ${elevationsOf("p")} AS elevations,
         ${disclosureCasesOf("p")} AS "disclosureCases",
         ${engagementsOf("p")} AS engagements
    FROM principal p JOIN organisation o ON o.id = p.organisation_id`;

const BY_SUBJECT = `${FIND} WHERE p.issuer = $1 AND p.subject = $2`;

const BY_ID = `${FIND} WHERE p.id = $1`;

/** Two are enough to know that a name is not one principal's alone. */
const BY_NAME = `${FIND} WHERE p.name = $1 LIMIT 2`;

/** A client without a network may not call at all, and neither may who is not active. */
const OF_ORGANISATIONS = `${FIND}
   WHERE (p.organisation_id = ANY ($1::uuid[]) OR p.serves && $1::uuid[])
     AND p.state = 'ACTIVE' AND o.state = 'ACTIVE'
     AND (p.kind <> 'CLIENT' OR cardinality(coalesce(p.allowed_networks, '{}')) > 0)
     AND ($2::uuid IS NULL OR p.id > $2::uuid)
     AND ($4::uuid[] IS NULL OR p.id = ANY ($4::uuid[]))
   ORDER BY p.id LIMIT $3`;

/** A mechanism in JSON, which has no times. */
type Written = Omit<MechanismReference, "validFrom" | "validTo" | "withdrawnAt"> &
  Readonly<Record<"validFrom" | "validTo" | "withdrawnAt", string | null>>;

interface Row extends Omit<PrincipalRecord, "roleAssignments" | "mechanisms" | "elevations"> {
  readonly mechanisms: readonly Written[];
  readonly elevations: readonly ElevationRow[];
  readonly assignedRoles: readonly string[];
  readonly assignedFrom: readonly Date[];
  readonly assignedTo: readonly (Date | null)[];
}

/** Looks principals up in the primary database, and remembers each for less than a second. */
export function createPrincipalDirectory(primary: Pool): PrincipalRegister {
  const remembered = new LRUCache<string, { record: PrincipalRecord | null }, [string, string]>({
    max: 10_000,
    ttl: TIME_TO_LIVE_MS,
    fetchMethod: async (_key, _stale, { context }) => {
      const values = [...context];
      const { rows } = await ask<Row>(primary, {
        name: "find-principal",
        text: BY_SUBJECT,
        values,
      });
      return { record: rows[0] === undefined ? null : recordOf(rows[0]) };
    },
  });
  // Part of every key, so that an answer that is still on its way is not taken for a newer one.
  let generation = 0;
  return {
    forget: () => void (generation += 1),

    async find({ issuer, subject }) {
      const context: [string, string] = [issuer, subject];
      const key = JSON.stringify([generation, ...context]);
      const found = await remembered.fetch(key, { context });
      return found?.record ?? null;
    },

    async findByIdOrName(word) {
      if (!canHold("text", word)) return null;
      const query = isUuid(word)
        ? { name: "find-principal-by-id", text: BY_ID, values: [word] }
        : { name: "find-principal-by-name", text: BY_NAME, values: [word] };
      const { rows } = await ask<Row>(primary, query);
      return rows[0] === undefined || rows.length > 1 ? null : recordOf(rows[0]);
    },

    async listOf({ organisationIds, ids = null, after, limit }) {
      const values = [organisationIds, after, limit, ids];
      const query = { name: "list-principals", text: OF_ORGANISATIONS, values };
      const { rows } = await ask<Row>(primary, query);
      return rows.map(recordOf);
    },
  };
}

function recordOf(row: Row): PrincipalRecord {
  const { assignedRoles, assignedFrom, assignedTo, elevations, ...rest } = row;
  const roleAssignments = assignedRoles.flatMap((role, index) => {
    const validFrom = assignedFrom[index];
    const validTo = assignedTo[index] ?? null;
    return validFrom === undefined ? [] : [{ role, validFrom, validTo }];
  });
  return {
    ...rest,
    roleAssignments,
    mechanisms: rest.mechanisms.map(mechanismOf),
    elevations: elevations.map(elevationFrom),
  };
}

function mechanismOf({ validFrom, validTo, withdrawnAt, ...rest }: Written): MechanismReference {
  const time = (text: string | null): Date | null => (text === null ? null : new Date(text));
  return {
    ...rest,
    // Without a beginning it never begins.
    validFrom: time(validFrom) ?? new Date(8.64e15),
    validTo: time(validTo),
    withdrawnAt: time(withdrawnAt),
  };
}
