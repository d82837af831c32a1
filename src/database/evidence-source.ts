import type { Pool } from "pg";
import type { EvidenceSource, SealedRecord } from "../audit/export/evidence-source.ts";
import { readRuns } from "../audit/export/index-runs.ts";
import type { LeafRange } from "../audit/tree/ranges.ts";
import { type Catalog, typeIn } from "../classification/catalog.ts";
import { ask } from "./ask.ts";
import { thawScope } from "./frozen-scope.ts";
import { findPolicyVersion } from "./policy-version-rows.ts";
import { ROW_ALIAS } from "./read-source.ts";
import { predicates, scopeOf } from "./read-statements.ts";
import { createRunner, type Statement } from "./run-statement.ts";

/** Records that are in memory at once. */
const BATCH_RECORDS = 500;

const COUNT_KEPT =
  "select count(*)::integer from decision where tree_index >= $1::bigint and tree_index < $2::bigint";

const COLUMNS = `${ROW_ALIAS}.tree_index, ${ROW_ALIAS}.sealed_at, ${ROW_ALIAS}.body`;

/** Sealing times let the server pass over the months that hold none of them. */
const REREAD = `select ${COLUMNS} from decision ${ROW_ALIAS}
   where ${ROW_ALIAS}.tree_index = any ($1::bigint[])
     and ${ROW_ALIAS}.sealed_at >= $2::timestamptz and ${ROW_ALIAS}.sealed_at < $3::timestamptz
   order by ${ROW_ALIAS}.tree_index`;

/** Opens what bundles of one frozen scope are made from. */
export function createEvidenceSource({
  pool,
  catalog,
  scope,
}: {
  pool: Pool;
  catalog: Catalog;
  /** As `freezeScope` wrote it. */
  scope: string;
}): EvidenceSource {
  const run = createRunner({ pool });
  return {
    async countKept({ start, end }) {
      const [counted] = await run({ text: COUNT_KEPT, values: [start, end] });
      return Number(counted?.[0]);
    },

    async *scan({ start, end }) {
      for (let from = start; from < end;) {
        const batch = (await run(scanOf({ catalog, scope }, { start: from, end }))).map(recordOf);
        if (batch.length > 0) yield batch;
        if (batch.length < BATCH_RECORDS) return;
        from = (batch.at(-1)?.treeIndex ?? end) + 1;
      }
    },

    async *reread({ runs, sealed }) {
      const indexes = readRuns(runs);
      const [from, to] = sealed.map((time) => new Date(time).toISOString());
      for (let at = 0; at < indexes.length; at += BATCH_RECORDS) {
        const values = [indexes.slice(at, at + BATCH_RECORDS), from, to];
        yield (await run({ text: REREAD, values })).map(recordOf);
      }
    },

    async callers(digests) {
      const text = "SELECT digest, body FROM decision_caller WHERE digest = ANY ($1::text[])";
      const query = { name: "evidence-callers", text, values: [digests] };
      const { rows } = await ask<{ digest: string; body: string }>(pool, query);
      return new Map(rows.map(({ digest, body }) => [digest, body]));
    },

    async policy(version) {
      return (await findPolicyVersion(pool, version))?.documents ?? null;
    },
  };
}

/** The records of a stretch under the frozen row condition, as far as one batch reaches. */
function scanOf(
  { catalog, scope }: { catalog: Catalog; scope: string },
  { start, end }: LeafRange,
): Statement {
  const type = typeIn(catalog, "Decision");
  const { visible, filter } = thawScope(scope, type);
  const within = scopeOf(catalog, { type, visible });
  const { source, parameters } = within;
  const index = `${ROW_ALIAS}.tree_index`;
  const where = [
    `${index} >= ${parameters.add(start, "bigint")}`,
    `${index} < ${parameters.add(end, "bigint")}`,
    ...predicates(within, filter),
  ];
  const text = `select ${COLUMNS} from ${source.from} where ${where.join(" and ")}
    order by ${index} limit ${BATCH_RECORDS}`;
  return { text, values: parameters.values };
}

function recordOf([treeIndex, sealedAt, body]: unknown[]): SealedRecord {
  return { treeIndex: Number(treeIndex), sealedAt: sealedAt as Date, body: String(body) };
}
