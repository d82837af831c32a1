import type { RoleGrant } from "../access-reviews/access-review.rules.ts";

/**
 * Roles that hold at a time (?2), but for some (?3), of the people and systems of an organisation (?1)
 * and of those who come from outside for it alone. A use before the role was given was of another one.
 */
export const GRANTS = `
  SELECT a.id AS assignment_id, p.id AS holder_id, p.name AS holder, a.role, g.name AS granted_by,
         a.valid_from, a.valid_to,
         CASE WHEN u.used_at >= date_trunc('hour', a.valid_from) THEN u.used_at END AS last_used_at
    FROM role_assignment a
    JOIN principal p ON p.id = a.principal_id
    LEFT JOIN principal g ON g.id = a.granted_by
    LEFT JOIN role_use u ON u.principal_id = p.id AND u.role = a.role
   WHERE (p.organisation_id = ?1::uuid OR p.serves = ARRAY[?1::uuid])
     AND (a.valid_to IS NULL OR a.valid_to > ?2::timestamptz)
     AND a.role <> ALL (?3::text[])
   ORDER BY p.name, a.role, a.id`;

/** A row of it. */
export interface StoredGrant {
  readonly assignment_id: string;
  readonly holder_id: string;
  readonly holder: string;
  readonly role: string;
  readonly granted_by: string | null;
  readonly valid_from: Date | string;
  readonly valid_to: Date | string | null;
  readonly last_used_at: Date | string | null;
}

/** Ends roles now; one that has not begun ends as soon as it begins, and one that has ended stays as it is. */
export const END_ASSIGNMENTS = `
  update role_assignment
     set valid_to = greatest(?::timestamptz, valid_from + interval '1 microsecond')
   where (valid_to is null or valid_to > ?::timestamptz) and id = any (?::uuid[])`;

/** Decides, by time, about what nobody decided in a review and what is to end then. */
export const LAPSED = `
  update access_review_item
     set outcome = 'LAPSED', decided_at = ?, version = version + 1
   where review_id = ? and outcome is null and (? = 'EVERYTHING' or (? = 'DORMANT' and dormant))
  returning assignment_id`;

/** Whether some review has become overdue. */
export const IS_ANY_REVIEW_DUE = `SELECT 1 FROM access_review WHERE state = 'OPEN' AND due_at <= $1 LIMIT 1`;

/** A grant as it is stored. */
export function grantIn(row: StoredGrant): RoleGrant {
  const time = (at: Date | string | null): Date | null => (at === null ? null : new Date(at));
  return {
    assignmentId: row.assignment_id,
    holderId: row.holder_id,
    holder: row.holder,
    role: row.role,
    grantedBy: row.granted_by,
    validFrom: new Date(row.valid_from),
    validTo: time(row.valid_to),
    lastUsedAt: time(row.last_used_at),
  };
}
