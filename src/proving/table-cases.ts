import type { Catalog } from "../classification/catalog.ts";
import { CATEGORIES } from "../classification/classification.ts";
import { decisionEntry, rowEntry } from "../policy/decision-entry.ts";
import type { Decisions } from "../policy/decisions.ts";
import { compilePredicate } from "../policy/matches.ts";
import { verdictFor } from "../policy/verdict.ts";
import { logFailure } from "./log-failure.ts";
import type { DecisionTable, WrittenTable } from "./decision-table.ts";
import type { DemoRows, TypedRow } from "./demo-rows.ts";
import { outcomesFor, type PolicyCase } from "./policy-case.ts";
import { queryFailure } from "./query-failure.ts";
import { rowAnswer, TableWorld } from "./table-world.ts";

type Entry<K extends "reads" | "rows" | "queries" | "verbs"> = DecisionTable[K][number];

/** A table with everything that its cases ask. */
interface Asked {
  readonly written: WrittenTable;
  readonly world: TableWorld;
}

/** Every case of a decision table that is about the policy; changes are the validation's. */
export function casesOf({
  written,
  rows,
  catalog,
}: {
  written: WrittenTable;
  rows: DemoRows;
  catalog: Catalog;
}): PolicyCase[] {
  const { table } = written;
  const asked: Asked = { written, world: new TableWorld({ table, rows, catalog }) };
  return [
    ...table.reads.flatMap((read, index) => readCases(asked, read, index)),
    ...table.rows.map((row, index) => rowCase(asked, row, index)),
    ...table.queries.map((query, index) => queryCase(asked, query, index)),
    ...table.verbs.map((verb, index) => verbCase(asked, verb, index)),
  ];
}

function readCases(asked: Asked, read: Entry<"reads">, index: number): PolicyCase[] {
  const { written, world } = asked;
  const row = world.row(read.whose);
  return Object.entries(read.fields).map(([name, expected]): PolicyCase => {
    const field = world.field(row.__typename, name);
    const { level, reason = null, rule } = expected;
    const outcome = [level, reason].filter((word) => word !== null).join(", ");
    const levels = row.__typename === "Customer" ? [[field.category, level] as const] : [];
    return {
      ...placed(asked, read, written.lineOf("reads", index, "fields", name)),
      title: `${read.who} reads ${name} of ${read.whose}: ${outcome}${numberOf(read)}`,
      rules: [rule],
      covers: outcomesFor(world.caller(read.who), levels),
      failure: (decisions) => {
        const answer = rowAnswer(decisions, row);
        if (answer !== "VISIBLE") return `the row is ${answer}`;
        const verdict = verdictFor(decisions.bound, row, field);
        const { bound } = decisions;
        const of = { bound, action: "READ", type: row.__typename, field, row } as const;
        return (
          unequal([verdict.disclosure, verdict.reason, verdict.rule], [level, reason, rule]) ??
          logFailure(expected.log, decisionEntry({ ...of, outcome: verdict }))
        );
      },
    };
  });
}

function rowCase(asked: Asked, expected: Entry<"rows">, index: number): PolicyCase {
  const { who, whose, answer, reason = null, rule } = expected;
  const row = asked.world.row(whose);
  const hidden = CATEGORIES.map((category) => [category, "NONE"] as const);
  const isHidden = answer !== "VISIBLE" && row.__typename === "Customer";
  return {
    ...placed(asked, expected, asked.written.lineOf("rows", index)),
    title: `${who} asks for ${whose}: ${answer}${numberOf(expected)}`,
    rules: [rule],
    covers: isHidden ? outcomesFor(asked.world.caller(who), hidden) : [],
    failure: (decisions) => {
      const verdict = decisions.rowVerdict(row.__typename, row);
      return (
        unequal(
          [rowAnswer(decisions, row), verdict.reason, verdict.rule],
          [answer, reason, rule],
        ) ?? logFailure(expected.log, rowEntry({ decisions, row }))
      );
    },
  };
}

function queryCase(asked: Asked, query: Entry<"queries">, index: number): PolicyCase {
  const { filter, sort } = query.by;
  const way = filter === undefined ? `sorts by ${sort}` : `filters by ${filter}`;
  return {
    ...placed(asked, query, asked.written.lineOf("queries", index)),
    title: `${query.who} ${way}: ${query.answer}${numberOf(query)}`,
    rules: [],
    covers: [],
    failure: (decisions) => queryFailure({ decisions, query, world: asked.world }),
  };
}

function verbCase(asked: Asked, expected: Entry<"verbs">, index: number): PolicyCase {
  const { who, verb, on, whose, field, given } = expected;
  const what = whose === undefined ? `any ${on}` : `${field} of ${whose}`;
  const isGiven = (decisions: Decisions): boolean => {
    if (whose === undefined || field === undefined)
      return verb !== "group" && decisions.mayEver(verb, on ?? "");
    const row: TypedRow = asked.world.row(whose);
    if (verb === "group") {
      const groups = decisions.rowsWhere("group", asked.world.field(row.__typename, field));
      return compilePredicate(groups)(row);
    }
    return decisions.canDo(verb, row, asked.world.field(row.__typename, field));
  };
  return {
    ...placed(asked, expected, asked.written.lineOf("verbs", index)),
    title: `${who} ${given ? "may" : "may not"} ${verb} ${what}`,
    rules: [],
    covers: [],
    failure: (decisions) => unequal([String(isGiven(decisions))], [String(given)]),
  };
}

function placed(
  { written, world }: Asked,
  { who }: { who: string },
  line: number,
): Pick<PolicyCase, "file" | "line" | "caller" | "now"> {
  return { file: written.name, line, caller: world.caller(who), now: world.now };
}

function unequal(
  decided: readonly (string | null)[],
  expected: readonly (string | null)[],
): string | null {
  const [is, should] = [decided, expected].map((words) =>
    words.filter((word) => word !== null).join(", "),
  );
  return is === should ? null : `decided ${is}, expected ${should}`;
}

function numberOf({ decision }: { decision?: number | undefined }): string {
  return decision === undefined ? "" : ` (decision ${decision})`;
}
