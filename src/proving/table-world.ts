import { type FieldDefinition, fieldIn, typeIn } from "../classification/catalog.ts";
import type { Catalog } from "../classification/catalog.ts";
import type { Caller } from "../identity/caller.ts";
import { BootError } from "../lib/boot-error.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import type { Decisions } from "../policy/decisions.ts";
import { compilePredicate } from "../policy/matches.ts";
import type { DecisionTable } from "./decision-table.ts";
import { callerBut, type DemoRows, type TypedRow } from "./demo-rows.ts";

/**
 * COUNTED is NOT_FOUND for who asks for the row, and yet one of many in a count; ASKED likewise, and
 * yet questions about others may be about it; REFUSED is every request.
 */
export type RowAnswer = "VISIBLE" | "ASKED" | "COUNTED" | "NOT_FOUND" | "GONE" | "REFUSED";

/** Where a table names rows that are no customers. */
const TYPES_OF_ROWS = [
  ["transfers", "Transfer"],
  ["items", "TransferItem"],
  ["alerts", "SecurityAlert"],
  ["elevations", "Elevation"],
  ["mechanisms", "CrossBorderMechanism"],
  ["audits", "AuditEngagement"],
  ["members", "AuditTeamMember"],
  ["samples", "AuditSample"],
  ["reviews", "AccessReview"],
  ["reviewed", "AccessReviewItem"],
  ["exports", "EvidenceExport"],
  ["decisions", "Decision"],
] as const;

/** The callers and rows that one table names. */
export class TableWorld {
  readonly now: Date;
  readonly #table: DecisionTable;
  readonly #rows: DemoRows;
  readonly #catalog: Catalog;
  readonly #callers = new Map<string, Caller>();

  constructor({
    table,
    rows,
    catalog,
  }: {
    table: DecisionTable;
    rows: DemoRows;
    catalog: Catalog;
  }) {
    this.#table = table;
    this.#rows = rows;
    this.#catalog = catalog;
    this.now = new Date(table.now);
  }

  caller(who: string): Caller {
    let caller = this.#callers.get(who);
    if (caller === undefined) {
      const said = named(this.#table.callers, who);
      const { is: name, for: purpose, but: changes = {} } = said;
      caller = callerBut({ name, purpose, now: this.now, changes });
      this.#callers.set(who, caller);
    }
    return caller;
  }

  row(whose: string): TypedRow {
    for (const [section, type] of TYPES_OF_ROWS) {
      const changes = this.#table[section][whose];
      if (changes !== undefined) return this.#rows.but(type, changes);
    }
    return this.#rows.but("Customer", named(this.#table.customers, whose));
  }

  field(type: string, name: string): FieldDefinition {
    const { fields } = typeIn(this.#catalog, type);
    if (fields.has(name)) return fieldIn(typeIn(this.#catalog, type), name);
    throw new BootError(`${type} has no "${name}".${didYouMean(name, [...fields.keys()])}`);
  }
}

/** What a caller who knows the id of a row is answered. */
export function rowAnswer(decisions: Decisions, row: TypedRow): RowAnswer {
  if (decisions.refusal !== null) return "REFUSED";
  const isIn = (action: "know" | "ask" | "count"): boolean =>
    compilePredicate(decisions.rows(action, row.__typename))(row);
  if (!isIn("know")) return isIn("ask") ? "ASKED" : isIn("count") ? "COUNTED" : "NOT_FOUND";
  return decisions.canSee(row.__typename, row) ? "VISIBLE" : "GONE";
}

function named<T>(list: Readonly<Record<string, T>>, name: string): T {
  const found = list[name];
  if (found !== undefined) return found;
  throw new BootError(`The table names no "${name}".${didYouMean(name, Object.keys(list))}`);
}
