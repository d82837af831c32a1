import type { AttributeValues, Condition } from "./condition.ts";
import { isLoaded, type Predicate, predicateOf } from "./matches.ts";
import type { Judgement } from "./plan.ts";
import type { Outcome, Ruling } from "./ruling.ts";
import { rankOf } from "../classification/disclosure.ts";
import type { Verdict } from "./verdict.ts";

/**
 * The verdicts on some fields of one row, in the order of the fields. Rows that are decided alike get
 * the same array, so it stands for what was decided.
 */
export type DecideTogether = (row: AttributeValues) => readonly Verdict[];

/** Questions that are kept at the most; what would ask more is decided anew for every row. */
const MOST_NODES = 4_096;

/** A question about the row, with the ways on that rows have taken; or the end, with the verdicts. */
interface Node {
  readonly condition: Condition | null;
  readonly holds: Predicate | null;
  yes: Node | null;
  no: Node | null;
  readonly verdicts: readonly Verdict[];
}

/**
 * Decides many fields of a row at once: every condition is asked once, however many fields and rules
 * have it, and only where it can still change something. The questions are a tree that grows with the
 * rows that come, for few of the ways in which conditions could turn out are ever taken.
 */
export function decideTogether(plans: readonly Judgement[]): DecideTogether {
  const attributes = [...new Set(plans.flatMap((plan) => plan.attributes))];
  const rulings = [...new Set(plans.map(({ ruling }) => ruling))];
  const places = plans.map(({ ruling }) => rulings.indexOf(ruling));
  const alike = sharing();
  let count = 0;
  const nodeFor = (facts: ReadonlyMap<Condition, boolean>): Node => {
    count += 1;
    const outcomes: number[] = [];
    for (const ruling of rulings) {
      const found = outcomeWith(ruling, facts);
      if (typeof found !== "number")
        return { condition: found, holds: predicateOf(found), yes: null, no: null, verdicts: [] };
      outcomes.push(found);
    }
    const verdicts = plans.map((plan, at) => plan.verdictOf(outcomes[places[at] ?? 0] ?? 0));
    return { condition: null, holds: null, yes: null, no: null, verdicts: alike(verdicts) };
  };
  const root = nodeFor(new Map());
  const each = (row: AttributeValues): readonly Verdict[] =>
    alike(plans.map(({ decide }) => decide(row)));
  return (row) => {
    // Where something is missing, each field knows for itself whether it needs it.
    if (!isLoaded(row, attributes)) return each(row);
    let node = root;
    while (node.holds !== null) {
      const answer = node.holds(row);
      const next = answer ? node.yes : node.no;
      if (next === null) {
        if (count >= MOST_NODES) return each(row);
        grow({ root, row, nodeFor });
        node = root;
      } else node = next;
    }
    return node.verdicts;
  };
}

interface Branch {
  readonly next: Map<Verdict, Branch>;
  verdicts: readonly Verdict[] | null;
}

/** Gives the same array for the same verdicts, wherever they come from. */
function sharing(): (verdicts: readonly Verdict[]) => readonly Verdict[] {
  let root: Branch = { next: new Map(), verdicts: null };
  let count = 0;
  return (verdicts) => {
    if (count > MOST_NODES) {
      root = { next: new Map(), verdicts: null };
      count = 0;
    }
    let branch = root;
    for (const verdict of verdicts) {
      let next = branch.next.get(verdict);
      if (next === undefined) {
        branch.next.set(verdict, (next = { next: new Map(), verdicts: null }));
        count += 1;
      }
      branch = next;
    }
    return (branch.verdicts ??= verdicts);
  };
}

/** Adds the next question on the way of a row. */
function grow({
  root,
  row,
  nodeFor,
}: {
  root: Node;
  row: AttributeValues;
  nodeFor: (facts: ReadonlyMap<Condition, boolean>) => Node;
}): void {
  const facts = new Map<Condition, boolean>();
  let node = root;
  for (;;) {
    const { condition, holds } = node;
    if (condition === null || holds === null) return;
    const answer = holds(row);
    facts.set(condition, answer);
    const next = answer ? node.yes : node.no;
    if (next === null) {
      const made = nodeFor(facts);
      if (answer) node.yes = made;
      else node.no = made;
      return;
    }
    node = next;
  }
}

/** The outcome under what is known of a row, or the condition that must be known next. */
function outcomeWith(
  { grants, none, stops, outcomes }: Ruling,
  facts: ReadonlyMap<Condition, boolean>,
): number | Condition {
  const answer = (condition: Condition): boolean | undefined =>
    condition.kind === "always" ? condition.value : facts.get(condition);
  let given = none;
  for (const { condition, outcome } of grants) {
    const holds = answer(condition);
    if (holds === undefined) return condition;
    if (!holds) continue;
    given = outcome;
    break;
  }
  const rank = rankOf((outcomes[given] as Outcome).level);
  for (const stop of stops) {
    if (stop.rank > rank) break;
    const holds = answer(stop.condition);
    if (holds === undefined) return stop.condition;
    if (holds) return stop.outcome;
  }
  return given;
}
