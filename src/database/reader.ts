import type { Pool } from "pg";
import type { Catalog } from "../classification/catalog.ts";
import { countConditions, type ConditionCounting } from "./condition-counts.ts";
import { countGroups, type GroupCounts, type Grouping, toGroupCounts } from "./group-counts.ts";
import {
  countDenials,
  type DenialCounting,
  type DenialCounts,
  toDenialCounts,
} from "./denial-counts.ts";
import type { Filter, PageRequest, ReadRequest, Row } from "./read-request.ts";
import {
  countRows,
  countRowsOf,
  type CountRequest,
  type Parents,
  readByIds,
  readPage,
} from "./read-statements.ts";
import { readSample, type SampleDraw } from "./read-sample.ts";
import { createRunner } from "./run-statement.ts";
import { canHold } from "./sql-kind.ts";

/**
 * The only way to read guarded tables. Every statement carries the caller's row condition, and
 * every method sends one statement at most. All of them may throw SERVICE_UNAVAILABLE.
 */
export interface Reader {
  /** One page, in the order of the connection whichever way it was read. */
  page(request: ReadRequest, page: PageRequest): Promise<Row[]>;
  /** How many rows the caller may see and the filter lets through, counted up to `atMost` of them. */
  count(request: CountRequest, filter: Filter | null, atMost?: number): Promise<number>;
  /** How many rows there are by groups, but for small ones. */
  countGroups(request: CountRequest, grouping: Grouping): Promise<GroupCounts>;
  /** How many rows fulfil each condition, in one statement; null where they are too few to tell. */
  countConditions(request: CountRequest, counting: ConditionCounting): Promise<(number | null)[]>;
  /** How often things were denied, in records of the decision log. */
  countDenials(
    request: CountRequest,
    filter: Filter | null,
    counting: DenialCounting,
  ): Promise<DenialCounts>;
  /** Some of the rows that the caller may see: the same for the same seed, and none preferred. */
  sample(request: ReadRequest, draw: SampleDraw): Promise<Row[]>;
  /** The rows among `ids` that the caller may see. What is no id finds nothing. */
  byIds(request: ReadRequest, ids: readonly string[]): Promise<Map<string, Row>>;
  /** The same page for each parent; parents without rows have an empty one. */
  pagesOf(request: ReadRequest, page: PageRequest, parents: Parents): Promise<Map<string, Row[]>>;
  /** The same count for each parent. */
  countsOf(
    request: CountRequest,
    filter: Filter | null,
    parents: Parents,
  ): Promise<Map<string, number>>;
}

/** Makes a reader on a pool of the primary database. */
export function createReader({
  pool,
  catalog,
  onStatement,
}: {
  pool: Pool;
  catalog: Catalog;
  /** Hears the text of every statement before it runs; for tests that count them. */
  onStatement?: (sql: string) => void;
}): Reader {
  const run = createRunner({ pool, ...(onStatement === undefined ? {} : { onStatement }) });
  return {
    async page(request, page) {
      const { statement, shape } = readPage(catalog, { request, page });
      const rows = (await run(statement)).map(shape.toRow);
      return page.backwards ? rows.reverse() : rows;
    },

    count: async (request, filter, atMost) =>
      Number((await run(countRows(catalog, request, { filter, atMost })))[0]?.[0]),

    countGroups: async (request, grouping) =>
      toGroupCounts(await run(countGroups(catalog, request, grouping))),

    async countConditions(request, counting) {
      if (counting.conditions.length === 0) return [];
      const [counts] = await run(countConditions(catalog, request, counting));
      return counts as (number | null)[];
    },

    countDenials: async (request, filter, counting) =>
      toDenialCounts(await run(countDenials(catalog, request, { filter, counting }))),

    async sample(request, draw) {
      const { statement, shape } = readSample(catalog, request, draw);
      return (await run(statement)).map(shape.toRow);
    },

    async byIds(request, ids) {
      const wanted = idsAmong(ids);
      if (wanted.length === 0) return new Map();
      const { statement, shape } = readByIds(catalog, request, wanted);
      const rows = (await run(statement)).map(shape.toRow);
      return new Map(rows.map((row) => [row.id, row]));
    },

    async pagesOf(request, page, { column, parentIds }) {
      const pages = new Map(parentIds.map((id): [string, Row[]] => [id, []]));
      const parents = { column, parentIds: idsAmong(parentIds) };
      if (parents.parentIds.length === 0) return pages;
      const { statement, shape } = readPage(catalog, { request, page, parents });
      for (const values of await run(statement)) {
        pages.get(values.at(-1) as string)?.push(shape.toRow(values));
      }
      if (page.backwards) for (const rows of pages.values()) rows.reverse();
      return pages;
    },

    async countsOf(request, filter, { column, parentIds }) {
      const counts = new Map(parentIds.map((id) => [id, 0]));
      const parents = { column, parentIds: idsAmong(parentIds) };
      if (parents.parentIds.length === 0) return counts;
      const rows = await run(countRowsOf(catalog, { request, filter, parents }));
      for (const [parentId, count] of rows) counts.set(parentId as string, count as number);
      return counts;
    },
  };
}

/** Each id once, in canonical form; a text that is no id can't be anybody's. */
function idsAmong(texts: readonly string[]): string[] {
  return [...new Set(texts)].filter((text) => canHold("uuid", text));
}
