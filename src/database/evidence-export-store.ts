import type { ClientBase, Pool } from "pg";
import type { Advance, ExportStore, Finish, StandingExport } from "../audit/export/export-store.ts";
import type { KeptPart, Part, PartContent } from "../audit/export/part.ts";
import { ask } from "./ask.ts";
import { statementFailure } from "./statement-failure.ts";
import { inTransaction } from "./transaction.ts";

/** How long a worker that says nothing stays in charge, by the clock of the database. */
const LEASE = "interval '30 seconds'";

/** Earlier trees of an audit to which a bundle proves its own. */
const MOST_EARLIER = 16;

const COLUMNS = `id, engagement_id AS "engagementId", requester_id AS "requesterId",
  requested_by AS "requestedBy", purpose, policy_version AS "policyVersion",
  asked_filter AS "askedFilter", scope, told::json AS told, tree_size::float8 AS "treeSize", checkpoint,
  created_at AS "createdAt", expires_at AS "expiresAt", state, resume_at::float8 AS "resumeAt",
  records::float8 AS records, bytes::float8 AS bytes, digest`;

const CLAIM = `
  UPDATE evidence_export SET worker = $1, leased_until = clock_timestamp() + ${LEASE}
   WHERE id = (SELECT id FROM evidence_export
                WHERE state = 'PREPARING' AND (leased_until IS NULL OR leased_until < clock_timestamp())
                ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING ${COLUMNS}`;

const ADVANCE = `
  UPDATE evidence_export
     SET looked_at = greatest(looked_at, $3), resume_at = $4, records = records + $5, bytes = bytes + $6,
         leased_until = clock_timestamp() + ${LEASE}
   WHERE id = $1 AND worker = $2 AND state = 'PREPARING'`;

const FINISH = `
  UPDATE evidence_export
     SET state = 'READY', looked_at = tree_size, resume_at = tree_size, bytes = $3, digest = $4,
         ready_at = $5, worker = NULL, leased_until = NULL
   WHERE id = $1 AND worker = $2 AND state = 'PREPARING'`;

const LEAVE = `
  UPDATE evidence_export SET state = $3, worker = NULL, leased_until = NULL
   WHERE id = $1 AND worker = $2 AND state = 'PREPARING'`;

const ADD_PARTS = `
  INSERT INTO evidence_part (export_id, place, file, kind, content, bytes, digest)
  SELECT $1, (SELECT count(*) FROM evidence_part WHERE export_id = $1) + n - 1, file, content ->> 'kind',
         content, bytes, digest
    FROM unnest($2::text[], $3::jsonb[], $4::bigint[], $5::bytea[])
         WITH ORDINALITY AS added (file, content, bytes, digest, n)`;

const PARTS = `
  SELECT place, file, bytes::float8 AS bytes, digest FROM evidence_part
   WHERE export_id = $1 ORDER BY place`;

const CONTENT = "SELECT content FROM evidence_part WHERE export_id = $1 AND place = $2";

const EARLIER_SIZES = `
  SELECT size::float8 AS size FROM (
    SELECT DISTINCT e.tree_size AS size
      FROM evidence_export e, evidence_export own
     WHERE own.id = $1 AND e.engagement_id = $2 AND e.id <> own.id
       AND e.created_at <= own.created_at AND e.tree_size BETWEEN 1 AND own.tree_size - 1
     ORDER BY size DESC LIMIT ${MOST_EARLIER}) newest
   ORDER BY size`;

const NOTE_DELIVERY = `
  UPDATE evidence_export SET delivered_bytes = greatest(delivered_bytes, $2), delivered_at = $3
   WHERE id = $1 AND state = 'READY'`;

const EXPIRE = `
  WITH over AS (
    UPDATE evidence_export SET state = 'EXPIRED', worker = NULL, leased_until = NULL
     WHERE state <> 'EXPIRED' AND expires_at <= $1 RETURNING id)
  DELETE FROM evidence_part WHERE export_id IN (SELECT id FROM over)`;

/** Makes the store on a pool of the primary database. */
export function createEvidenceExportStore(pool: Pool): ExportStore {
  const find = async (text: string, values: unknown[]): Promise<StandingExport | null> => {
    const { rows } = await ask<StandingExport>(pool, { text, values });
    return rows[0] ?? null;
  };
  return {
    claim: (worker) => find(CLAIM, [worker]),
    find: (id) => find(`SELECT ${COLUMNS} FROM evidence_export WHERE id = $1`, [id]),
    advance: (done) => changeAsWorker(pool, (client) => advance(client, done)),
    finish: (done) => changeAsWorker(pool, (client) => finish(client, done)),
    async fail({ id, worker }) {
      await ask(pool, { text: LEAVE, values: [id, worker, "FAILED"] });
    },
    async release({ id, worker }) {
      await ask(pool, { text: LEAVE, values: [id, worker, "PREPARING"] });
    },
    async partsOf(id) {
      const { rows } = await ask<KeptPart>(pool, { text: PARTS, values: [id] });
      return rows;
    },
    async contentOf(id, place) {
      const query = { name: "evidence-part", text: CONTENT, values: [id, place] };
      const { rows } = await ask<{ content: PartContent }>(pool, query);
      return rows[0]?.content ?? null;
    },
    async earlierSizes({ id, engagementId }) {
      const query = { text: EARLIER_SIZES, values: [id, engagementId] };
      return (await ask<{ size: number }>(pool, query)).rows.map(({ size }) => size);
    },
    async noteDelivery({ id, upTo, at }) {
      await ask(pool, { text: NOTE_DELIVERY, values: [id, upTo, at] });
    },
    async expire(now) {
      await ask(pool, { text: EXPIRE, values: [now] });
    },
  };
}

async function changeAsWorker(
  pool: Pool,
  change: (client: ClientBase) => Promise<boolean>,
): Promise<boolean> {
  try {
    return await inTransaction(pool, change);
  } catch (error) {
    throw statementFailure(error);
  }
}

async function advance(client: ClientBase, done: Advance): Promise<boolean> {
  const { id, worker, lookedAt, resumeAt, records, parts } = done;
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const values = [id, worker, lookedAt, resumeAt, records, bytes];
  const { rowCount } = await client.query({ text: ADVANCE, values });
  if (rowCount === 0) return false;
  await addParts(client, { id, parts });
  return true;
}

async function finish(client: ClientBase, done: Finish): Promise<boolean> {
  const { id, worker, parts, bytes, digest, readyAt } = done;
  const values = [id, worker, bytes, digest, readyAt];
  const { rowCount } = await client.query({ text: FINISH, values });
  if (rowCount === 0) return false;
  await addParts(client, { id, parts });
  return true;
}

async function addParts(
  client: ClientBase,
  { id, parts }: { id: string; parts: readonly Part[] },
): Promise<void> {
  if (parts.length === 0) return;
  const contents = parts.map(({ content }): string =>
    JSON.stringify(content satisfies PartContent),
  );
  const values = [
    id,
    parts.map(({ file }) => file),
    contents,
    parts.map(({ bytes }) => bytes),
    parts.map(({ digest }) => digest),
  ];
  await client.query({ text: ADD_PARTS, values });
}
