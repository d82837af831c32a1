import type { EntityManager } from "@mikro-orm/postgresql";
import { v7 as newId } from "uuid";
import {
  type Actor,
  type AuditStatus,
  type AuditStep,
  type AuditTerms,
  changeBy,
  expectAnother,
  isByOthers,
} from "../engagements/audit.rules.ts";
import { publicError } from "../errors.ts";
import type { StoredRow } from "./entity-schema.ts";
import { notedBefore } from "./named-change.ts";
import type { Orm } from "./orm.ts";
import { withUnitOfWork } from "./unit-of-work.ts";
import { FOR_UPDATE } from "./row-locks.ts";

/** An audit that was permitted and whose parts are in their stored form. */
export interface NewEngagement {
  readonly organisationId: string;
  readonly code: string;
  readonly kind: string;
  readonly organisationIds: readonly string[];
  readonly limitedToTransfers: boolean;
  readonly transferIds: readonly string[];
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly criteria: readonly string[];
  readonly firmId: string;
  readonly firm: string;
  /** The lead comes first. */
  readonly team: readonly Actor[];
  readonly actor: Actor;
  readonly terms: AuditTerms;
  readonly clientMutationId: string | null;
  readonly now: Date;
}

/** A step that was permitted. */
export interface TakenAuditStep {
  readonly id: string;
  readonly expectedVersion: number;
  readonly actor: Actor;
  readonly step: AuditStep;
  readonly clientMutationId: string | null;
  readonly now: Date;
}

/** A sample that was drawn. */
export interface NewSample {
  readonly engagementId: string;
  readonly population: string;
  readonly seed: number;
  readonly wanted: number;
  readonly query: string | null;
  readonly policyVersion: string;
  readonly populationSize: number;
  readonly drawn: number;
  readonly idDigest: string;
  readonly treeSize: string | null;
  readonly actor: Actor;
  readonly clientMutationId: string | null;
  readonly now: Date;
}

/** Writes audits; the only thing that their room asks of the unit of work. */
export interface EngagementStore {
  /**
   * Adds an audit and gives its id; that of the first one where the same caller named it before.
   *
   * @throws AUDITOR_ROTATION, VALIDATION_FAILED where its code is taken, IDEMPOTENCY_CONFLICT, SERVICE_UNAVAILABLE
   */
  plan(asked: NewEngagement): Promise<string>;
  /**
   * Takes a step, or does nothing where the same caller named it before.
   *
   * @throws NOT_FOUND, FOUR_EYES_REQUIRED, VERSION_CONFLICT, INVALID_STATE, INDEPENDENCE_NOT_DECLARED,
   * AUDITOR_ROTATION, IDEMPOTENCY_CONFLICT, SERVICE_UNAVAILABLE
   */
  take(taken: TakenAuditStep): Promise<void>;
  /**
   * Keeps a sample and gives its id; that of the first one where the same caller named it before.
   *
   * @throws IDEMPOTENCY_CONFLICT, SERVICE_UNAVAILABLE
   */
  keepSample(drawn: NewSample): Promise<string>;
}

/** Makes the store on the ORM. */
export function createEngagementStore(orm: Orm): EngagementStore {
  return {
    plan: (asked) => withUnitOfWork(orm, (em) => insert({ orm, em }, asked)),
    take: (taken) => withUnitOfWork(orm, (em) => advance({ orm, em }, taken)),
    keepSample: (drawn) => withUnitOfWork(orm, (em) => keep({ orm, em }, drawn)),
  };
}

interface Work {
  readonly orm: Orm;
  readonly em: EntityManager;
}

async function insert(work: Work, asked: NewEngagement): Promise<string> {
  const { orm, em } = work;
  const { actor, now, terms, team, clientMutationId, ...columns } = asked;
  const id = newId();
  const content = ["planAudit", columns, team];
  const change = { principalId: actor.id, clientMutationId, content, entityId: id };
  const known = await notedBefore(em, change);
  if (known !== null) return known;
  await oneAtATime(em);
  const own = { organisationId: asked.organisationId, code: asked.code };
  if ((await em.count(orm.schemaOf("AuditEngagement"), own)) > 0)
    throw publicError("VALIDATION_FAILED", { field: "code", fault: "taken" });
  await expectRotation(work, { ...asked, mostInARow: terms.mostInARow, but: id });
  const [lead] = team;
  em.create(orm.schemaOf("AuditEngagement"), {
    ...columns,
    id,
    state: "PLANNED",
    leadId: lead?.id,
    lead: lead?.name,
    teamIds: team.map((member) => member.id),
    independenceDeclared: false,
    plannedById: actor.id,
    plannedBy: actor.name,
    plannedAt: now,
  });
  // Members refer to the audit, so it goes first.
  await em.flush();
  for (const [index, member] of team.entries())
    em.create(orm.schemaOf("AuditTeamMember"), {
      id: newId(),
      engagementId: id,
      principalId: member.id,
      name: member.name,
      leads: index === 0,
    });
  return id;
}

async function advance(work: Work, taken: TakenAuditStep): Promise<void> {
  const { em, orm } = work;
  const { id, expectedVersion, actor, step, clientMutationId, now } = taken;
  const said = [step.kind, "to" in step ? step.to : null, "reason" in step ? step.reason : null];
  const content = ["audit", ...said, id, expectedVersion];
  const change = { principalId: actor.id, clientMutationId, content, entityId: id };
  if ((await notedBefore(em, change)) !== null) return;
  if (step.kind === "open") await oneAtATime(em);
  const lock = { lockMode: FOR_UPDATE } as const;
  const engagement = await em.findOne(orm.schemaOf("AuditEngagement"), { id }, lock);
  if (engagement === null) throw publicError("NOT_FOUND");
  const is = engagement as unknown as AuditStatus;
  expectAnother(step, { is, actor });
  if (engagement["version"] !== expectedVersion) throw publicError("VERSION_CONFLICT");
  const changed = changeBy(step, { is, actor, now });
  if (step.kind === "open")
    await expectRotation(work, { ...targetOf(engagement), ...step.terms, but: id });
  if (step.kind === "declare") await declare(work, { engagement, actor, now });
  Object.assign(engagement, changed);
}

/** Each declares once; with the last one the audit may begin. */
async function declare(
  { em, orm }: Work,
  { engagement, actor, now }: { engagement: StoredRow; actor: Actor; now: Date },
): Promise<void> {
  const engagementId = engagement["id"];
  const members = await em.find(orm.schemaOf("AuditTeamMember"), { engagementId });
  const own = members.find((member) => member["principalId"] === actor.id);
  if (own === undefined) throw publicError("FORBIDDEN");
  if (own["declaredAt"] != null)
    throw publicError("INVALID_STATE", { state: String(engagement["state"]) });
  own["declaredAt"] = now;
  engagement["independenceDeclared"] = members.every((member) => member["declaredAt"] != null);
}

async function keep({ em, orm }: Work, drawn: NewSample): Promise<string> {
  const { actor, now, clientMutationId, ...columns } = drawn;
  const { engagementId, population, seed, wanted, query } = columns;
  const id = newId();
  const content = ["drawAuditSample", engagementId, population, seed, wanted, query];
  const change = { principalId: actor.id, clientMutationId, content, entityId: id };
  const known = await notedBefore(em, change);
  if (known !== null) return known;
  const kept = { ...columns, id, drawnById: actor.id, drawnBy: actor.name, drawnAt: now };
  em.create(orm.schemaOf("AuditSample"), kept);
  return id;
}

interface Target {
  readonly kind: string;
  readonly organisationIds: readonly string[];
  readonly firmId: string;
}

function targetOf(engagement: StoredRow): Target {
  return engagement as unknown as Target;
}

/** Plans and openings wait for one another, so that two at once can't both be the last that is allowed. */
async function oneAtATime(em: EntityManager): Promise<void> {
  await em.execute("lock table audit_engagement in share row exclusive mode");
}

/**
 * One firm does not audit one organisation too often in a row. What was ended before any fieldwork
 * was no audit.
 */
async function expectRotation(
  { em, orm }: Work,
  { kind, organisationIds, firmId, mostInARow, but }: Target & AuditTerms & { but: string },
): Promise<void> {
  if (!isByOthers(kind)) return;
  for (const organisationId of organisationIds) {
    const last = await em.find(
      orm.schemaOf("AuditEngagement"),
      {
        id: { $ne: but },
        organisationIds: { $contains: [organisationId] },
        kind: { $ne: "INTERNAL" },
        $or: [{ state: { $ne: "CLOSED" } }, { openedAt: { $ne: null } }],
      },
      { orderBy: { plannedAt: "desc", id: "desc" }, limit: mostInARow },
    );
    if (last.length === mostInARow && last.every((one) => one["firmId"] === firmId))
      throw publicError("AUDITOR_ROTATION", { mostInARow });
  }
}
