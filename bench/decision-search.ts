import { createRequire } from "node:module";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FILLED, filledCustomer, filledCustomers, fillDecisions } from "./fill-decisions.ts";

/*
 * How long searches of the decision log take, and how that grows. Run after `npm run build`:
 *   node bench/decision-search.ts 1000000 10000000
 * Every size is filled into a database of its own; the statements are those of the guarded reader.
 * A database that is filled already is measured with BENCH_FILLED=postgres://… and its size; BENCH_ONLY=word
 * measures the searches with the word in their names.
 */

const SIZES = process.argv.slice(2).map(Number);
const ROUNDS = Number(process.env["BENCH_ROUNDS"] ?? 40);
const here = import.meta.dirname;
const dist = (path: string): string => join(here, "../dist/src", path);
createRequire(import.meta.url);

const { loadCatalog } = await import(dist("catalog.js"));
const { fieldIn, typeIn } = await import(dist("classification/catalog.js"));
const { readPage, countRows } = await import(dist("database/read-statements.js"));
const { migrateUp } = await import(dist("database/migrate.js"));
const { createPool } = await import(dist("database/pool.js"));
const { startEmbeddedServer } = await import(dist("database/embedded-server.js"));
const { FACETS } = await import(dist("audit/decision-columns.js"));

const catalog = loadCatalog();
const type = typeIn(catalog, "Decision");
const test = (field: string, operator: string, value: unknown) => ({
  kind: "test",
  field: fieldIn(type, field),
  operator,
  value,
});
const all = (...of: unknown[]) => ({ kind: "all", of });
const day = (number: number) => {
  const from = Date.UTC(2026, 0, 1 + number);
  return all(test("at", "gte", new Date(from)), test("at", "lt", new Date(from + 86_400_000)));
};
const random = (below: number): number => Math.floor(Math.random() * below);
const pick = (words: readonly string[]): string => words[random(words.length)] ?? "";

/** A search for every round; none is asked twice with the same values but for the fixed ones. */
const SEARCHES: Readonly<Record<string, (records: number) => unknown>> = {
  "nothing (newest page)": () => null,
  customer: (records) =>
    test("subjects", "includes", filledCustomer(random(filledCustomers(records)))),
  caller: () => test("caller", "eq", pick(FILLED.callers)),
  "frequent rule": () => test("facets", "includes", FACETS.rule("cs-agent/no-case")),
  "rare rule": () => test("facets", "includes", FACETS.rule("rare/rule")),
  "rule of long ago": () => test("facets", "includes", FACETS.rule("old/rule")),
  "rule that never was": () => test("facets", "includes", FACETS.rule("no/rule")),
  "field + disclosure": () =>
    test("facets", "includes", FACETS.fieldAt("Customer.idNumber", "CLEAR")),
  "a day": () => day(random(178)),
  "caller + day": () => all(test("caller", "eq", pick(FILLED.callers)), day(random(178))),
  "customer + field + disclosure": (records) =>
    all(
      test("subjects", "includes", filledCustomer(random(filledCustomers(records)))),
      test("facets", "includes", FACETS.fieldAt("Customer.phone", "CLEAR")),
    ),
  "rule + caller + day": () =>
    all(
      test("facets", "includes", FACETS.rule("default-deny")),
      test("caller", "eq", pick(FILLED.callers)),
      day(random(178)),
    ),
};

const filled = process.env["BENCH_FILLED"];
const dataDirectory = mkdtempSync(join(tmpdir(), "custodia-decision-search-"));
// The account that runs PostgreSQL for root has to get through.
chmodSync(dataDirectory, 0o711);
const server =
  filled === undefined ? await startEmbeddedServer({ dataDirectory, durable: false }) : null;
try {
  for (const records of SIZES) {
    const pool = createPool({
      url: filled ?? (await filledDatabase(records)),
      max: 2,
      statementTimeoutMs: 0,
    });
    await measure(pool, records);
    await pool.end();
  }
} finally {
  await server?.stop();
  rmSync(dataDirectory, { recursive: true, force: true });
}

/**
 * The search by words and days comes after the records, as on a log that was there before: its migrations
 * make in one go what sealing makes bit by bit.
 */
async function filledDatabase(records: number): Promise<string> {
  const admin = createPool({ url: server.url, max: 1 });
  const name = `size_${records}`;
  await admin.query(`CREATE DATABASE ${name}`);
  await admin.end();
  const url = new URL(server.url);
  url.pathname = name;
  const pool = createPool({ url: url.href, max: 2, statementTimeoutMs: 0, lockTimeoutMs: 0 });
  await migrateUp(pool, { to: 14 });
  const start = performance.now();
  await fillDecisions(pool, {
    records,
    writers: 2,
    isLogged: false,
    onProgress: (made) => {
      if (made % 500_000 === 0) console.error(`${made} of ${records}, ${seconds(start)} s`);
    },
  });
  await migrateUp(pool);
  await pool.query("VACUUM ANALYZE decision");
  await pool.query("VACUUM ANALYZE decision_block");
  await pool.end();
  console.error(`filled in ${seconds(start)} s`);
  return url.href;
}

async function measure(
  pool: Parameters<typeof timed>[0] & Parameters<typeof printSizes>[0],
  records: number,
): Promise<void> {
  console.log(`\n## ${records.toLocaleString("en")} records\n`);
  await printSizes(pool, records);
  console.log(
    "\n| search | first page p50 | p95 | 1,000 pages deep p50 | count to 10,001 p50 |\n|---|---|---|---|---|",
  );
  for (const [search, make] of Object.entries(SEARCHES)) {
    if (!search.includes(process.env["BENCH_ONLY"] ?? "")) continue;
    const first = await timed(pool, () => page(make(records), null));
    const isDeep = search.startsWith("nothing") || search.startsWith("frequent");
    const deep = isDeep ? await timed(pool, () => page(make(records), records - 20_000)) : null;
    const counted = await timed(pool, () => count(make(records)));
    console.log(
      `| ${search} | ${ms(first, 0.5)} | ${ms(first, 0.95)} | ${deep === null ? "" : ms(deep, 0.5)} | ${ms(counted, 0.5)} |`,
    );
  }
}

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

function visible(): unknown {
  return {
    kind: "includes",
    attribute: "concernedIds",
    value: FILLED.organisations[random(4)],
  };
}

function page(filter: unknown, from: number | null): Statement {
  const parts = new Map(
    ["at", "treeIndex", "record", "caller", "organisation"].map((field) => [
      fieldIn(type, field),
      new Set(["clear"]),
    ]),
  );
  const request = {
    type,
    visible: visible(),
    needs: { parts, attributes: ["concernedIds", "transferIds"] },
  };
  const asked = {
    filter,
    order: [],
    limit: 21,
    from: from === null ? null : [String(from)],
    backwards: false,
  };
  return readPage(catalog, { request, page: asked }).statement;
}

function count(filter: unknown): Statement {
  return countRows(catalog, { type, visible: visible() }, { filter, atMost: 10_001 });
}

async function timed(
  pool: { query(query: { text: string; values: unknown[] }): Promise<unknown> },
  make: () => Statement,
): Promise<number[]> {
  const times: number[] = [];
  const { text: warming, values: its } = make();
  await pool.query({ text: warming, values: [...its] });
  for (let round = 0; round < ROUNDS; round += 1) {
    const { text, values } = make();
    const start = performance.now();
    await pool.query({ text, values: [...values] });
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b);
}

async function printSizes(
  pool: { query<T>(text: string): Promise<{ rows: T[] }> },
  records: number,
): Promise<void> {
  const { rows } = await pool.query<{ name: string; bytes: string }>(`
    SELECT coalesce(nullif(regexp_replace(i.relname, '^decision_(standard|private)_\\d{6}_', ''), ''), 'table') AS name,
           sum(pg_relation_size(i.oid))::bigint AS bytes
      FROM pg_inherits h JOIN pg_class p ON p.oid = h.inhrelid AND p.relkind = 'r' AND p.relname ~ '^decision_(standard|private)_'
      JOIN (SELECT c.oid, c.oid AS table_oid, 'table' AS relname FROM pg_class c
            UNION ALL SELECT c.oid, x.indrelid, c.relname FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid) i
        ON i.table_oid = p.oid
     GROUP BY 1 ORDER BY 2 DESC`);
  const { rows: whole } = await pool.query<{ name: string; bytes: string }>(
    "SELECT 'decision_block' AS name, pg_total_relation_size('decision_block') AS bytes",
  );
  rows.push(...whole);
  const total = rows.reduce((sum, { bytes }) => sum + Number(bytes), 0);
  console.log(`| part | bytes a record | MB |\n|---|---|---|`);
  for (const { name, bytes } of rows)
    console.log(
      `| ${name} | ${(Number(bytes) / records).toFixed(0)} | ${(Number(bytes) / 1e6).toFixed(0)} |`,
    );
  console.log(`| all | ${(total / records).toFixed(0)} | ${(total / 1e6).toFixed(0)} |`);
}

function ms(times: readonly number[], part: number): string {
  return `${(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0).toFixed(1)} ms`;
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(0);
}
