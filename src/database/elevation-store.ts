import type { EntityManager } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import { v7 as newId } from "uuid";
import {
  type Actor,
  changeBy,
  changeByTime,
  type ElevationChange,
  type ElevationStatus,
  type ElevationStep,
  expectAnother,
  minutesAfter,
  wholeSecond,
} from "../elevations/elevation.rules.ts";
import { publicError } from "../errors.ts";
import { ask } from "./ask.ts";
import type { StoredRow } from "./entity-schema.ts";
import { notedBefore } from "./named-change.ts";
import type { Orm } from "./orm.ts";
import { withUnitOfWork } from "./unit-of-work.ts";
import { FOR_UPDATE, FOR_UPDATE_SKIP_LOCKED } from "./row-locks.ts";

/** A request that was permitted and whose parts are in their stored form. */
export interface NewElevation {
  readonly customerId: string;
  readonly organisationId: string;
  readonly actor: Actor;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly reason: string;
  readonly minutes: number;
  /** How many minutes it waits for somebody to decide. */
  readonly lapsesAfterMinutes: number;
  readonly clientMutationId: string | null;
  readonly now: Date;
}

/** A step that was permitted. */
export interface TakenStep {
  readonly customerId: string;
  readonly id: string;
  readonly expectedVersion: number;
  readonly actor: Actor;
  readonly step: ElevationStep;
  readonly clientMutationId: string | null;
  readonly now: Date;
}

/** Writes elevations; the only thing that their room asks of the unit of work. */
export interface ElevationStore {
  /**
   * Adds a request and gives its id; that of the first one where the same caller named it before.
   *
   * @throws IDEMPOTENCY_CONFLICT, SERVICE_UNAVAILABLE
   */
  request(asked: NewElevation): Promise<string>;
  /**
   * Takes a step, or does nothing where the same caller named it before.
   *
   * @throws NOT_FOUND, FOUR_EYES_REQUIRED, VERSION_CONFLICT, INVALID_STATE, IDEMPOTENCY_CONFLICT,
   * SERVICE_UNAVAILABLE
   */
  take(taken: TakenStep): Promise<void>;
  /** Writes down what time has changed: what lapsed, ended, and whose review is overdue. */
  settle(now: Date): Promise<void>;
}

/** Rows that one settling changes; the next one goes on. */
const SETTLED_AT_ONCE = 500;

const IS_ANYTHING_DUE = `
  SELECT 1 WHERE EXISTS (SELECT 1 FROM elevation WHERE state = 'REQUESTED' AND lapses_at <= $1)
              OR EXISTS (SELECT 1 FROM elevation WHERE state = 'APPROVED' AND until <= $1)
              OR EXISTS (SELECT 1 FROM elevation WHERE review_state = 'DUE' AND review_due_at <= $1)`;

/** What happened to a customer, for those who see the customer's history. */
const EVENTS: Readonly<Record<string, string>> = {
  APPROVED: "ELEVATION_APPROVED",
  ENDED: "ELEVATION_ENDED",
};

/** Makes the store on the ORM. */
export function createElevationStore({ orm, pool }: { orm: Orm; pool: Pool }): ElevationStore {
  return {
    request: (asked) => withUnitOfWork(orm, (em) => insert({ orm, em }, asked)),

    take: (taken) => withUnitOfWork(orm, (em) => advance({ orm, em }, taken)),

    async settle(now) {
      const query = { name: "elevations-due", text: IS_ANYTHING_DUE, values: [now] };
      if ((await ask(pool, query)).rowCount === 0) return;
      await withUnitOfWork(orm, (em) => settleDue({ orm, em }, now));
    },
  };
}

interface Work {
  readonly orm: Orm;
  readonly em: EntityManager;
}

async function insert({ orm, em }: Work, asked: NewElevation): Promise<string> {
  const { actor, now, lapsesAfterMinutes, clientMutationId, ...columns } = asked;
  const requestedAt = wholeSecond(now);
  const id = newId();
  const content = ["requestElevation", columns];
  const change = { principalId: actor.id, clientMutationId, content, entityId: id };
  const known = await notedBefore(em, change);
  if (known !== null) return known;
  em.create(orm.schemaOf("Elevation"), {
    ...columns,
    id,
    fields: [...asked.fields],
    requesterId: actor.id,
    state: "REQUESTED",
    requestedBy: actor.name,
    requestedAt,
    lapsesAt: minutesAfter(requestedAt, lapsesAfterMinutes),
  });
  return id;
}

async function advance(work: Work, taken: TakenStep): Promise<void> {
  const { em, orm } = work;
  const { customerId, id, expectedVersion, actor, step, clientMutationId } = taken;
  const now = wholeSecond(taken.now);
  const { kind } = step;
  const text = "note" in step ? [step.note] : [];
  const content = [kind, id, expectedVersion, ...text, "outcome" in step ? step.outcome : null];
  const change = { principalId: actor.id, clientMutationId, content, entityId: id };
  if ((await notedBefore(em, change)) !== null) return;
  const key = { customerId, id };
  const lock = { lockMode: FOR_UPDATE } as const;
  const elevation = await em.findOne(orm.schemaOf("Elevation"), key, lock);
  if (elevation === null) throw publicError("NOT_FOUND");
  expectAnother(step, { is: statusOf(elevation), actor });
  if (elevation["version"] !== expectedVersion) throw publicError("VERSION_CONFLICT");
  write(work, { elevation, change: changeByTime(statusOf(elevation), now), now });
  write(work, { elevation, change: changeBy(step, { is: statusOf(elevation), actor, now }), now });
}

async function settleDue(work: Work, now: Date): Promise<void> {
  const { em, orm } = work;
  const due = await em.find(
    orm.schemaOf("Elevation"),
    {
      $or: [
        { state: "REQUESTED", lapsesAt: { $lte: now } },
        { state: "APPROVED", until: { $lte: now } },
        { reviewState: "DUE", reviewDueAt: { $lte: now } },
      ],
    },
    // Rows that somebody is changing are settled by them.
    { lockMode: FOR_UPDATE_SKIP_LOCKED, limit: SETTLED_AT_ONCE },
  );
  for (const elevation of due)
    write(work, { elevation, change: changeByTime(statusOf(elevation), now), now });
}

/** Puts a change on the row, and into the history of the customer what belongs there. */
function write(
  { orm, em }: Work,
  { elevation, change, now }: { elevation: StoredRow; change: ElevationChange; now: Date },
): void {
  Object.assign(elevation, change);
  const kind = EVENTS[String(change["state"])];
  if (kind === undefined) return;
  const endedByTime = change["until"] === undefined ? elevation["until"] : now;
  em.create(orm.schemaOf("CustomerEvent"), {
    customerId: elevation["customerId"],
    id: newId(),
    kind,
    occurredAt: kind === "ELEVATION_ENDED" ? endedByTime : now,
    changedFields: [],
    source: `elevation ${String(elevation["id"])}`,
  });
}

function statusOf(row: StoredRow): ElevationStatus {
  return row as unknown as ElevationStatus;
}
