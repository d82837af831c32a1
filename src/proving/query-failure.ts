import { restrictToClearRows } from "../guard/check-predicates.ts";
import { type Condition, isConstant } from "../policy/condition.ts";
import { type DecisionEntry, refusedPredicateEntry } from "../policy/decision-entry.ts";
import type { Decisions } from "../policy/decisions.ts";
import { compilePredicate } from "../policy/matches.ts";
import type { DecisionTable } from "./decision-table.ts";
import { logFailure } from "./log-failure.ts";
import type { TableWorld } from "./table-world.ts";

interface Asked {
  readonly decisions: Decisions;
  readonly query: DecisionTable["queries"][number];
  readonly world: TableWorld;
}

/** What the guard answers to a filter or an order otherwise than expected; null where nothing. */
export function queryFailure(asked: Asked): string | null {
  const { query, world } = asked;
  const rows = askedRows(asked);
  const answer = typeof rows === "string" ? rows : isEvery(rows) ? "EVERY_ROW" : "SOME_ROWS";
  if (answer !== query.answer) return `answered ${answer}, expected ${query.answer}`;
  const holdsOn = (whose: string): boolean =>
    rows === null || typeof rows === "string" || compilePredicate(rows)(world.row(whose));
  const lost = (query.on ?? []).filter((whose) => !holdsOn(whose));
  const found = (query["not-on"] ?? []).filter(holdsOn);
  if (typeof rows === "string") return logFailure(query.log, refusedEntry(asked));
  if (lost.length + found.length === 0) return null;
  return [
    ...lost.map((whose) => `passes over ${whose}`),
    ...found.map((whose) => `holds on ${whose}`),
  ].join(", ");
}

/** Rows to which the guard narrows the query, null where it lets it pass, or the code of its refusal. */
function askedRows({ decisions, query, world }: Asked): Condition | string | null {
  const { filter, sort } = query.by;
  try {
    const restricted = restrictToClearRows({
      decisions,
      filter:
        filter === undefined
          ? null
          : { kind: "test", field: world.field("Customer", filter), operator: "eq", value: "x" },
      order:
        sort === undefined ? [] : [{ field: world.field("Customer", sort), descending: false }],
    });
    const parts = restricted?.kind === "all" ? restricted.of : [restricted];
    const rows = parts.find((part) => part?.kind === "rows");
    return rows?.kind === "rows" ? rows.condition : null;
  } catch (error) {
    const { code } = Object(error) as { code?: unknown };
    if (typeof code === "string" && code.endsWith("_FORBIDDEN")) return code;
    throw error;
  }
}

/** What the log keeps of the query; one that is not refused is kept by what its rows show. */
function refusedEntry({ decisions, query, world }: Asked): DecisionEntry {
  const { filter, sort = "" } = query.by;
  const action = filter === undefined ? "SORT" : "FILTER";
  const field = world.field("Customer", filter ?? sort);
  return refusedPredicateEntry({ decisions, action, field });
}

function isEvery(rows: Condition | null): boolean {
  return rows === null || isConstant(rows, true);
}
