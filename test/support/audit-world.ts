import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { v7 as newId } from "uuid";
import { canonicalText, type DecisionRecord, NO_ROWS } from "../../src/audit/decision-record.ts";
import { type AuditMetrics, UNMEASURED } from "../../src/audit/audit-metrics.ts";
import { Sealer, type SealerOptions } from "../../src/audit/sealer.ts";
import { parseCheckpoint } from "../../src/audit/notes/checkpoint.ts";
import { verifierOf } from "../../src/audit/note-signers.ts";
import { verifyNote } from "../../src/audit/notes/verify-note.ts";
import { appendLeaves, EMPTY_TREE, rootOf, type TreeHead } from "../../src/audit/tree/append.ts";
import { leafHash } from "../../src/audit/tree/hashing.ts";
import type { TileSource } from "../../src/audit/tree/tile.ts";
import { beginLog, loadLogKeys } from "../../src/database/log-keys.ts";
import { createSealingLease } from "../../src/database/log-lease.ts";
import { storedTiles } from "../../src/database/log-tiles.ts";
import { createPool } from "../../src/database/pool.ts";
import { createSealedLog } from "../../src/database/sealed-log.ts";
import { fileMasterKey } from "../../src/sealing/file-master-key.ts";
import { openLogKey } from "../../src/sealing/log-key.ts";
import type { MasterKey } from "../../src/sealing/master-key.ts";
import { type FreshDatabase, freshDatabase } from "./fresh-database.ts";
import { testMasterKeyFile } from "./test-server.ts";

export const LOG_NAME = "custodia.test/decisions";

/** A database with a log that has begun, and whatever a test does with it. */
export interface AuditWorld {
  readonly database: FreshDatabase;
  readonly pool: Pool;
  readonly masterKey: MasterKey;
  /** A sealer of its own connections, as a node has one; nothing runs until it is ticked or started. */
  sealer(options?: Partial<SealerOptions> & { pool?: Pool; leaseMs?: number }): Sealer;
  /** Makes records durable, as the writer does, and gives their ids. */
  put(records: readonly DecisionRecord[]): Promise<string[]>;
  /** Reads one value. */
  value<Value>(sql: string, values?: readonly unknown[]): Promise<Value>;
  close(): Promise<void>;
}

/** Makes a log of its own. */
export async function auditWorld(): Promise<AuditWorld> {
  const database = await freshDatabase();
  const pool = createPool({ url: database.url, max: 6 });
  const masterKey = fileMasterKey({ path: testMasterKeyFile(), create: false });
  await beginLog({ pool, masterKey, name: LOG_NAME });
  const pools: Pool[] = [pool];
  return {
    database,
    pool,
    masterKey,
    sealer: ({ pool: own, leaseMs, ...options } = {}) => {
      const used = own ?? createPool({ url: database.url, max: 2 });
      if (own === undefined) pools.push(used);
      return new Sealer({
        log: createSealedLog(used),
        lease: createSealingLease({ pool: used, ...(leaseMs === undefined ? {} : { leaseMs }) }),
        openKey: (row) => openLogKey({ masterKey, row }),
        metrics: UNMEASURED,
        logger: SILENT,
        ...options,
      });
    },
    put: (records) => putRecords(pool, records),
    value: async <Value>(sql: string, values: readonly unknown[] = []) => {
      const { rows } = await pool.query(sql, [...values]);
      return Object.values(rows[0] as object)[0] as Value;
    },
    close: async () => {
      await Promise.all(pools.map((one) => one.end()));
      await database.drop();
    },
  };
}

/** Writes records into the inbox of any database. */
export async function putRecords(
  pool: Pool,
  records: readonly DecisionRecord[],
): Promise<string[]> {
  const ids = records.map(({ id }) => id);
  await pool.query(
    "INSERT INTO decision_inbox (id, body) SELECT * FROM unnest($1::uuid[], $2::text[])",
    [ids, records.map(canonicalText)],
  );
  return ids;
}

/** A record such as a reading leaves, of about 1 KB. */
export function readingRecord(said: Partial<DecisionRecord> = {}): DecisionRecord {
  const customers = Array.from({ length: 3 }, () => randomUuid());
  const organisationId = "0192a000-0000-7000-8000-000000000001";
  return {
    v: 1,
    id: newId(),
    at: new Date().toISOString(),
    request: randomBytes(12).toString("hex"),
    operation: { name: "CustomerList", digest: randomBytes(16).toString("hex") },
    action: "READ",
    type: "Customer",
    caller: {
      id: "0192a000-0000-7000-8000-000000000101",
      organisationId,
      roles: ["CUSTOMER_SERVICE"],
      caseCodes: [],
      tokenId: randomBytes(12).toString("hex"),
      state: randomBytes(32).toString("base64url"),
    },
    purpose: "SERVICE_DELIVERY",
    policyVersion: "0123456789ab",
    lawPack: "ba9876543210",
    concerned: [organisationId],
    transfers: [],
    verdicts: [
      {
        fields: ["fullName", "phone"],
        disclosure: "CLEAR",
        reason: null,
        rule: "cs.names",
        stage: null,
        under: [],
      },
      {
        fields: ["idNumber"],
        disclosure: "PARTIAL",
        reason: "ROLE_LIMIT",
        rule: "cs.identity",
        stage: null,
        under: [],
      },
    ],
    rows: {
      ...NO_ROWS,
      count: 3,
      customers,
      circumstances: customers.map(() => randomBytes(12).toString("base64url")),
    },
    clear: "SENSITIVE",
    refusal: null,
    about: null,
    ...said,
  };
}

/** So many records. */
export function readingRecords(
  count: number,
  said: Partial<DecisionRecord> = {},
): DecisionRecord[] {
  return Array.from({ length: count }, () => readingRecord(said));
}

/** What is wrong with a log: nothing where it holds. Reads all of it, and knows nothing of the sealer. */
export async function faultsOfLog(pool: Pool): Promise<string[]> {
  const faults: string[] = [];
  const head = await headOf(pool);
  const { rows } = await pool.query<{ index: string; id: string; body: string; at: Date }>(
    "SELECT tree_index AS index, id, body, sealed_at AS at FROM decision ORDER BY tree_index",
  );
  if (rows.length !== head.size) faults.push(`${rows.length} records in a tree of ${head.size}`);
  if (rows.some(({ index }, at) => Number(index) !== at)) faults.push("indexes have gaps");
  if (new Set(rows.map(({ id }) => id)).size !== rows.length)
    faults.push("a record is there twice");
  if (rows.some(({ at }, place) => at < (rows[place - 1]?.at ?? at))) faults.push("time goes back");
  const built = await builtFrom(rows.map(({ body }) => body));
  if (!built.root.equals(head.root)) faults.push("the records do not give the root");
  const size = head.size;
  const fromTiles = await rootOf({ source: storedTiles(pool), size });
  if (!fromTiles.equals(head.root)) faults.push("the tiles do not give the root");
  faults.push(...(await faultsOfCheckpoints(pool, head)));
  return faults;
}

async function faultsOfCheckpoints(pool: Pool, head: TreeHead): Promise<string[]> {
  const faults: string[] = [];
  const keys = (await loadLogKeys(pool)).map(verifierOf);
  const { rows } = await pool.query<{ size: string; note: string }>(
    "SELECT tree_size AS size, note FROM log_checkpoint ORDER BY tree_size",
  );
  if (head.size > 0 && Number(rows.at(-1)?.size) !== head.size)
    faults.push("the head is not signed");
  for (const { size, note } of rows) {
    const signed = parseCheckpoint(note);
    const { verified, failed } = verifyNote(signed.note, keys);
    if (verified.length === 0 || failed.length > 0) faults.push(`checkpoint ${size} is not signed`);
    const root = await rootOf({ source: storedTiles(pool), size: Number(size) });
    if (signed.size !== Number(size) || !signed.root.equals(root)) faults.push(`fork at ${size}`);
  }
  return faults;
}

/** The head as it is stored. */
export async function headOf(pool: Pool): Promise<TreeHead> {
  const { rows } = await pool.query<{ size: string; root: Buffer }>(
    "SELECT tree_size AS size, root FROM log_head",
  );
  const { size = "0", root = EMPTY_TREE.root } = rows[0] ?? {};
  return { size: Number(size), root };
}

async function builtFrom(texts: readonly string[]): Promise<TreeHead> {
  const nothing: TileSource = { read: async (ids) => ids.map(() => Buffer.alloc(0)) };
  const leaves = texts.map((text) => leafHash(text));
  return appendLeaves({ source: nothing, tree: EMPTY_TREE, leaves });
}

/** Counts what a sealer says; every number that a test asks for. */
export function countingMetrics(): AuditMetrics & { readonly said: Record<string, number> } {
  const said: Record<string, number> = {};
  const add = (name: string, by = 1): void => void (said[name] = (said[name] ?? 0) + by);
  return {
    said,
    sealed: ({ records }) => add("sealed", records),
    setLeader: (isLeader) => void (said["leader"] = Number(isLeader)),
    setHalted: (isHalted) => void (said["halted"] = Number(isHalted)),
    sealingFailed: () => add("failed"),
    unreadable: (records) => add("unreadable", records),
    publishingFailed: (kind) => add(`${kind} failed`),
    published: (kind, treeSize) => void (said[kind] = treeSize),
    setWriterBacklog: (records) => void (said["backlog"] = records),
    observeCommit: ({ records }) => add("committed", records),
    commitFailed: () => add("commits failed"),
  };
}

const silent = (): void => undefined;
const SILENT = { error: silent, warn: silent, info: silent };

function randomUuid(): string {
  const hex = randomBytes(16).toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
