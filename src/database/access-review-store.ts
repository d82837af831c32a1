import type { EntityManager } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import { v7 as newId } from "uuid";
import {
  type Actor,
  daysAfter,
  type Decided,
  expectAnother,
  expectDecidable,
  type ItemStatus,
  judged,
  type JudgedGrant,
  type ReviewConditions,
} from "../access-reviews/access-review.rules.ts";
import { publicError } from "../errors.ts";
import { ask } from "./ask.ts";
import { notedBefore } from "./named-change.ts";
import type { Orm } from "./orm.ts";
import {
  IS_ANY_REVIEW_DUE,
  END_ASSIGNMENTS,
  GRANTS,
  grantIn,
  LAPSED,
  type StoredGrant,
} from "./role-grants.ts";
import { withUnitOfWork } from "./unit-of-work.ts";
import { FOR_UPDATE, FOR_UPDATE_SKIP_LOCKED } from "./row-locks.ts";

export type { ReviewConditions } from "../access-reviews/access-review.rules.ts";

/** A review that may be opened. */
export interface NewReview {
  readonly organisationId: string;
  /** Null for all roles. */
  readonly role: string | null;
  readonly conditions: ReviewConditions;
  readonly actor: Actor;
  readonly clientMutationId: string | null;
  readonly now: Date;
}

/** A step that was permitted. */
export interface ReviewStep {
  readonly id: string;
  readonly expectedVersion: number;
  readonly actor: Actor;
  readonly clientMutationId: string | null;
  readonly now: Date;
}

/** Writes reviews of roles; the only thing that their room asks of the unit of work. */
export interface AccessReviewStore {
  /**
   * Opens a review and gives its id; that of the first one where the same caller named it before.
   *
   * @throws INVALID_STATE where one about the same roles is open, IDEMPOTENCY_CONFLICT, SERVICE_UNAVAILABLE
   */
  open(asked: NewReview): Promise<string>;
  /**
   * Decides about a role; where it ends, it ends in the same transaction.
   *
   * @throws NOT_FOUND, FOUR_EYES_REQUIRED, REASON_REQUIRED, VERSION_CONFLICT, INVALID_STATE,
   * IDEMPOTENCY_CONFLICT, SERVICE_UNAVAILABLE
   */
  decide(step: ReviewStep & { readonly decided: Decided }): Promise<void>;
  /** @throws NOT_FOUND, VERSION_CONFLICT, INVALID_STATE, IDEMPOTENCY_CONFLICT, SERVICE_UNAVAILABLE */
  close(step: ReviewStep): Promise<void>;
  /** Writes down what time has changed: which reviews are overdue, and what ended by that. */
  settle(now: Date): Promise<void>;
  /** Every role that holds in or for an organisation alone, judged. */
  grantsOf(asked: Pick<NewReview, "organisationId" | "conditions" | "now">): Promise<JudgedGrant[]>;
}

/** Makes the store on the ORM. */
export function createAccessReviewStore({
  orm,
  pool,
}: {
  orm: Orm;
  pool: Pool;
}): AccessReviewStore {
  return {
    open: (asked) => withUnitOfWork(orm, (em) => open({ orm, em }, asked)),
    decide: (step) => withUnitOfWork(orm, (em) => decide({ orm, em }, step)),
    close: (step) => withUnitOfWork(orm, (em) => close({ orm, em }, step)),
    async settle(now) {
      const query = { name: "access-reviews-due", text: IS_ANY_REVIEW_DUE, values: [now] };
      if ((await ask(pool, query)).rowCount === 0) return;
      await withUnitOfWork(orm, (em) => settle({ orm, em }, now));
    },
    async grantsOf({ organisationId, conditions, now }) {
      const values = [organisationId, now, conditions.exceptRoles];
      const text = GRANTS.replaceAll(/\?(\d)/g, "$$$1");
      const { rows } = await ask<StoredGrant>(pool, { name: "grants-of", text, values });
      return judged(rows.map(grantIn), conditions);
    },
  };
}

interface Work {
  readonly orm: Orm;
  readonly em: EntityManager;
}

async function open({ orm, em }: Work, asked: NewReview): Promise<string> {
  const { organisationId, role, conditions, actor, clientMutationId, now } = asked;
  const id = newId();
  const content = ["openAccessReview", organisationId, role];
  const change = { principalId: actor.id, clientMutationId, content, entityId: id };
  const known = await notedBefore(em, change);
  if (known !== null) return known;
  // Two at once about the same roles would both find that there is none.
  await em.execute("lock table access_review in share row exclusive mode");
  const same = { organisationId, role, state: { $ne: "CLOSED" } };
  if ((await em.count(orm.schemaOf("AccessReview"), same)) > 0)
    throw publicError("INVALID_STATE", { state: "OPEN" });
  em.create(orm.schemaOf("AccessReview"), {
    id,
    organisationId,
    role,
    state: "OPEN",
    endsWhenOverdue: conditions.endsWhenOverdue,
    openedById: actor.id,
    openedBy: actor.name,
    openedAt: now,
    dueAt: daysAfter(now, conditions.decideWithinDays),
  });
  // Items refer to the review, so it goes first.
  await em.flush();
  const values = [organisationId, now, [...conditions.exceptRoles]];
  const rows = await em.execute<StoredGrant[]>(...positional(GRANTS, values));
  for (const grant of judged(rows.map(grantIn), conditions)) {
    if (role !== null && grant.role !== role) continue;
    em.create(orm.schemaOf("AccessReviewItem"), {
      ...grant,
      id: newId(),
      reviewId: id,
      toxicPairs: [...grant.toxicPairs],
    });
  }
  return id;
}

async function decide(
  { orm, em }: Work,
  step: ReviewStep & { readonly decided: Decided },
): Promise<void> {
  const { id, expectedVersion, decided, actor, clientMutationId, now } = step;
  const content = ["decideAccess", id, expectedVersion, decided.outcome, decided.note];
  const change = { principalId: actor.id, clientMutationId, content, entityId: id };
  if ((await notedBefore(em, change)) !== null) return;
  const lock = { lockMode: FOR_UPDATE } as const;
  const item = await em.findOne(orm.schemaOf("AccessReviewItem"), { id }, lock);
  if (item === null) throw publicError("NOT_FOUND");
  const is = item as unknown as ItemStatus;
  expectAnother(is, actor);
  if (item["version"] !== expectedVersion) throw publicError("VERSION_CONFLICT");
  expectDecidable({ ...is, outcome: is.outcome ?? null }, decided);
  Object.assign(item, {
    outcome: decided.outcome,
    note: decided.note,
    decidedById: actor.id,
    decidedBy: actor.name,
    decidedAt: now,
  });
  if (decided.outcome === "REVOKE")
    await em.execute(END_ASSIGNMENTS, [now, now, `{${String(item["assignmentId"])}}`]);
}

async function close({ orm, em }: Work, step: ReviewStep): Promise<void> {
  const { id, expectedVersion, actor, clientMutationId, now } = step;
  const content = ["closeAccessReview", id, expectedVersion];
  const change = { principalId: actor.id, clientMutationId, content, entityId: id };
  if ((await notedBefore(em, change)) !== null) return;
  const lock = { lockMode: FOR_UPDATE } as const;
  const review = await em.findOne(orm.schemaOf("AccessReview"), { id }, lock);
  if (review === null) throw publicError("NOT_FOUND");
  if (review["version"] !== expectedVersion) throw publicError("VERSION_CONFLICT");
  const state = String(review["state"]);
  if (state === "CLOSED") throw publicError("INVALID_STATE", { state });
  const isOpen = { reviewId: id, outcome: null };
  const undecided = await em.count(orm.schemaOf("AccessReviewItem"), isOpen);
  if (undecided > 0) throw publicError("INVALID_STATE", { state, undecided });
  Object.assign(review, { state: "CLOSED", closedBy: actor.name, closedAt: now });
}

/** What is overdue is said to be; of it ends what was told to end when it was opened. */
async function settle({ orm, em }: Work, now: Date): Promise<void> {
  const due = await em.find(
    orm.schemaOf("AccessReview"),
    { state: "OPEN", dueAt: { $lte: now } },
    // Reviews that somebody is changing are settled by the next look.
    { lockMode: FOR_UPDATE_SKIP_LOCKED },
  );
  for (const review of due) {
    review["state"] = "OVERDUE";
    const lapsed = await em.execute<{ assignment_id: string }[]>(LAPSED, [
      now,
      review["id"],
      review["endsWhenOverdue"],
      review["endsWhenOverdue"],
    ]);
    const ids = lapsed.map(({ assignment_id: one }) => one);
    if (ids.length > 0) await em.execute(END_ASSIGNMENTS, [now, now, `{${ids.join(",")}}`]);
  }
}

/** The ORM counts parameters by place: `?1` twice is its value twice. */
function positional(text: string, values: readonly unknown[]): [string, unknown[]] {
  const used: unknown[] = [];
  const plain = text.replaceAll(/\?(\d)/g, (_found, place: string) => {
    const value = values[Number(place) - 1];
    used.push(Array.isArray(value) ? `{${value.join(",")}}` : value);
    return "?";
  });
  return [plain, used];
}
