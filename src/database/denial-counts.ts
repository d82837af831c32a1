import type { Catalog } from "../classification/catalog.ts";
import type { Filter } from "./read-request.ts";
import { type CountRequest, predicates, scopeOf } from "./read-statements.ts";
import { ROW_ALIAS } from "./read-source.ts";
import type { Statement } from "./run-statement.ts";
import { combine } from "./sql-logic.ts";

/** By what denials are counted. */
export type DenialKey = "RULE" | "FIELD" | "ROLE" | "PURPOSE" | "REASON";

/** Lengths of time in which denials are counted, as PostgreSQL names them. */
export type DenialBucket = "day" | "week" | "month";

/** How denials are counted. */
export interface DenialCounting {
  readonly by: readonly DenialKey[];
  readonly bucket: DenialBucket;
  /** Words of each key that are told: those with the most denials. */
  readonly top: number;
  /** Records that are looked at, the newest first. */
  readonly atMost: number;
}

/** How often something was denied in one length of time. */
export interface DenialCount {
  readonly by: DenialKey;
  readonly word: string;
  /** Day on which the length of time begins (UTC). */
  readonly from: string;
  readonly denials: number;
  readonly rows: number;
}

/** Denials with what they were counted in. */
export interface DenialCounts {
  readonly records: number;
  /** Time of the request of the earliest record; null where there is none. */
  readonly since: Date | null;
  readonly counts: readonly DenialCount[];
}

/**
 * Counts verdicts that gave nothing, and refusals that were about no field. The records are cut off
 * before their texts are opened, so that the work has a bound however many there are.
 */
export function countDenials(
  catalog: Catalog,
  request: CountRequest,
  { filter, counting }: { filter: Filter | null; counting: DenialCounting },
): Statement {
  const scope = scopeOf(catalog, request);
  const { parameters, source } = scope;
  const where = combine("all", predicates(scope, filter));
  const bucket = parameters.add(counting.bucket, "text");
  const by = parameters.add(counting.by, "text[]");
  const columns = [
    "occurred_at",
    "subject_type",
    "purpose",
    "roles",
    "refusal",
    "row_count",
    "body",
  ]
    .map((column) => `${ROW_ALIAS}.${column}`)
    .join(", ");
  const text = `
    with seen as materialized (
      select ${columns} from ${source.from} where ${where}
       order by ${ROW_ALIAS}.tree_index desc limit ${parameters.add(counting.atMost, "bigint")}),
    opened as (
      select s.*, date_trunc(${bucket}, s.occurred_at at time zone 'UTC')::date as day, s.body::jsonb -> 'verdicts' as verdicts
        from seen s),
    denied as (
      select o.day, o.subject_type, o.purpose, o.roles, o.row_count, v ->> 'rule' as rule, v ->> 'reason' as reason, v -> 'fields' as fields
        from opened o cross join lateral jsonb_array_elements(o.verdicts) v
       where v ->> 'disclosure' = 'NONE'
      union all
      select o.day, o.subject_type, o.purpose, o.roles, o.row_count, null, o.refusal, '[]'::jsonb
        from opened o where o.refusal is not null and jsonb_array_length(o.verdicts) = 0),
    counted as (
      select k.by, k.word, d.day, count(*)::integer as denials, sum(d.row_count)::integer as rows
        from denied d cross join lateral (
          select 'RULE' as by, d.rule as word
          union all select 'REASON', d.reason
          union all select 'PURPOSE', d.purpose
          union all select 'ROLE', role from unnest(d.roles) role
          union all select 'FIELD', d.subject_type || '.' || field from jsonb_array_elements_text(d.fields) field) k
       where k.word is not null and k.by = any(${by})
       group by 1, 2, 3),
    ranked as (
      select by, word, row_number() over (partition by by order by sum(denials) desc, word) as place
        from counted group by by, word)
    select (select count(*)::integer from seen), (select min(occurred_at) from seen), c.by, c.word, c.day, c.denials, c.rows
      from (select 1) one
      left join (counted c join ranked r on r.by = c.by and r.word = c.word and r.place <= ${parameters.add(counting.top, "bigint")}) on true
     order by c.by, r.place, c.day`;
  return { text, values: parameters.values };
}

/** Makes counts of what the statement gives. */
export function toDenialCounts(rows: readonly (readonly unknown[])[]): DenialCounts {
  const counts = rows
    .filter(([, , by]) => by !== null)
    .map(([, , by, word, from, denials, seen]) => ({
      by: by as DenialKey,
      word: word as string,
      from: from as string,
      denials: denials as number,
      rows: seen as number,
    }));
  const [records, since] = rows[0] ?? [];
  return { records: Number(records ?? 0), since: (since ?? null) as Date | null, counts };
}
