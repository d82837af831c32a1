import type { ClientBase } from "pg";

/** A review of one role that is open, with everybody who has the role in an organisation. */
export interface NewOpenReview {
  readonly id: string;
  readonly organisationId: string;
  readonly role: string;
  readonly endsWhenOverdue: string;
  readonly openedById: string;
  readonly openedBy: string;
  readonly openedAt: Date;
  readonly dueAt: Date;
}

const ADD_REVIEW = `
  INSERT INTO access_review (id, organisation_id, role, state, ends_when_overdue, opened_by_id, opened_by, opened_at, due_at)
  VALUES ($1, $2, $3, 'OPEN', $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`;

/** Items bear the id of their holder but for the beginning, so that they are the same in every database. */
const ADD_ITEMS = `
  INSERT INTO access_review_item (id, review_id, assignment_id, holder_id, holder, role, valid_from, dormant, toxic_pairs)
  SELECT ('0192a0d5' || substr(p.id::text, 9))::uuid, $1, a.id, p.id, p.name, a.role, a.valid_from, true, '{}'
    FROM role_assignment a JOIN principal p ON p.id = a.principal_id
   WHERE p.organisation_id = $2 AND a.role = $3
  ON CONFLICT DO NOTHING`;

/** Adds an open review; one that is there stays as it is. */
export async function addOpenReview(client: ClientBase, review: NewOpenReview): Promise<void> {
  const { id, organisationId, role, endsWhenOverdue, openedById, openedBy, openedAt, dueAt } =
    review;
  const values = [id, organisationId, role, endsWhenOverdue, openedById, openedBy, openedAt, dueAt];
  await client.query(ADD_REVIEW, values);
  await client.query(ADD_ITEMS, [id, organisationId, role]);
}
