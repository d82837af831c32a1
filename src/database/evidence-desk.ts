import type { Pool } from "pg";
import { v7 as newId } from "uuid";
import type { ExportStore, StandingExport } from "../audit/export/export-store.ts";
import { type Catalog, typeIn } from "../classification/catalog.ts";
import type { Condition } from "../policy/condition.ts";
import { freezeScope, type RowScope, thawScope } from "./frozen-scope.ts";
import { notedBefore } from "./named-change.ts";
import type { Orm } from "./orm.ts";
import { predicates, scopeOf } from "./read-statements.ts";
import { ROW_ALIAS } from "./read-source.ts";
import { createRunner } from "./run-statement.ts";
import { withUnitOfWork } from "./unit-of-work.ts";

/** How long an export can be downloaded: seven days. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1_000;

/** Leaves that one statement compares. */
const COMPARED_LEAVES = 250_000;

/** Evidence that was permitted to be asked for. */
export interface NewEvidence {
  readonly engagementId: string;
  readonly actor: { readonly id: string; readonly name: string };
  readonly purpose: string;
  readonly policyVersion: string;
  readonly scope: RowScope;
  readonly filter: string | null;
  readonly told: Readonly<Record<string, unknown>>;
  readonly treeSize: number;
  readonly checkpoint: string;
  readonly clientMutationId: string | null;
  readonly now: Date;
}

/** What requests ask of the kept exports. */
export interface EvidenceDesk {
  /**
   * Freezes what is asked for and gives its id; that of the first one where the same caller named it
   * before.
   *
   * @throws IDEMPOTENCY_CONFLICT, SERVICE_UNAVAILABLE
   */
  ask(asked: NewEvidence): Promise<string>;
  /** @throws SERVICE_UNAVAILABLE */
  find(id: string): Promise<StandingExport | null>;
  /**
   * Whether every record of an export lies in a scope of now as well.
   *
   * @throws SERVICE_UNAVAILABLE
   */
  isWithin(kept: StandingExport, present: RowScope): Promise<boolean>;
}

/** Makes the desk on the primary database. */
export function createEvidenceDesk(on: {
  pool: Pool;
  orm: Orm;
  catalog: Catalog;
  store: ExportStore;
}): EvidenceDesk {
  const { pool, catalog, store } = on;
  const run = createRunner({ pool });
  const type = typeIn(catalog, "Decision");
  return {
    ask: (asked) => freeze(on, asked),
    find: (id) => store.find(id),

    async isWithin({ scope, treeSize }, present) {
      const { visible, filter } = thawScope(scope, type);
      const now = { visible: present.visible, filter };
      if (freezeScope(now) === scope) return true;
      const hidden: Condition = { kind: "not", of: present.visible };
      const lost: Condition = { kind: "all", of: [visible, hidden] };
      for (let start = 0; start < treeSize; start += COMPARED_LEAVES) {
        const within = scopeOf(catalog, { type, visible: lost });
        const { source, parameters } = within;
        const from = parameters.add(start, "bigint");
        const to = parameters.add(Math.min(start + COMPARED_LEAVES, treeSize), "bigint");
        const index = `${ROW_ALIAS}.tree_index`;
        const where = [`${index} >= ${from}`, `${index} < ${to}`, ...predicates(within, filter)];
        const text = `select 1 from ${source.from} where ${where.join(" and ")} limit 1`;
        if ((await run({ text, values: parameters.values })).length > 0) return false;
      }
      return true;
    },
  };
}

const ADD = `
  insert into evidence_export (id, engagement_id, requester_id, requested_by, purpose, policy_version,
    asked_filter, scope, told, tree_size, checkpoint, created_at, expires_at)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

async function freeze({ orm }: { orm: Orm }, asked: NewEvidence): Promise<string> {
  const { actor, clientMutationId, engagementId, now, scope, filter } = asked;
  const id = newId();
  // The log grows, so what it holds is no part of what is asked for.
  const content = ["exportEvidence", engagementId, filter];
  const change = { principalId: actor.id, clientMutationId, content, entityId: id };
  const values = [
    id,
    engagementId,
    actor.id,
    actor.name,
    asked.purpose,
    asked.policyVersion,
    filter,
    freezeScope(scope),
    JSON.stringify(asked.told),
    asked.treeSize,
    asked.checkpoint,
    now,
    new Date(now.getTime() + KEPT_MS),
  ];
  return withUnitOfWork(orm, async (em) => {
    const known = await notedBefore(em, change);
    if (known !== null) return known;
    await em.execute(ADD, values);
    return id;
  });
}
