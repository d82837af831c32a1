import {
  type FieldDefinition,
  renderableAt,
  type TypeDefinition,
} from "../classification/catalog.ts";
import { DISCLOSURES, type Disclosure } from "../classification/disclosure.ts";
import type { AbilityRule, BoundPolicy } from "./ability.ts";
import type { AttributeValues, Condition } from "./condition.ts";
import { isLoaded } from "./matches.ts";
import {
  bestOutcome,
  type Outcome,
  outcomeFor,
  possibleRanks,
  type Ruling,
  rulingOf,
} from "./ruling.ts";
import { NOT_LOADED, settle, type Verdict } from "./verdict.ts";

/** What is decided about a field, and about every other one of which the same rules say the same. */
export interface Judgement {
  /** Set where every row gets the same verdict. */
  readonly constant: Verdict | null;
  /** Levels that some row may get; what can't happen needs not be loaded. */
  readonly possible: ReadonlySet<Disclosure>;
  /** Row attributes that the decision reads. */
  readonly attributes: readonly string[];
  /** The most that any row can get, where every grant holds and no conditional stop does. */
  readonly best: Verdict;
  /** Rows on which the field is CLEAR: filters and sorts hold on these rows only. */
  readonly clearWhen: Condition;
  /**
   * The verdict on a row; the attributes must be there, else it is NONE. Fields that have one `decide`
   * in common get the same verdict, the same object, on every row.
   */
  readonly decide: (row: AttributeValues) => Verdict;
  readonly ruling: Ruling;
  /** The verdict of one of the ruling's outcomes; always the same object. */
  readonly verdictOf: (outcome: number) => Verdict;
}

/** The verdicts of one caller and purpose on one field: a constant, or a small decision on the row. */
export interface FieldPlan extends Judgement {
  readonly field: FieldDefinition;
}

/** The plans of all fields of a type. */
export type Plan = ReadonlyMap<string, FieldPlan>;

/** Compiles the verdicts on every field of a type into plans. Pure; built once per ability. */
export function planFor(bound: Pick<BoundPolicy, "rules">, type: TypeDefinition): Plan {
  const speaking = bound.rules.filter(
    ({ level, subject }) => level !== undefined && subject === type.name,
  );
  const places = placesByField(speaking);
  const rulings = new Map<string, Ruling>();
  const judgements = new Map<string, Judgement>();
  const planOf = (field: FieldDefinition): FieldPlan => {
    const those = places.get(field.name) ?? [];
    const key = those.join();
    let ruling = rulings.get(key);
    if (ruling === undefined) {
      ruling = rulingOf(those.map((place) => speaking[place] as AbilityRule));
      rulings.set(key, ruling);
    }
    const look = `${key} ${lookOf(field)}`;
    let judgement = judgements.get(look);
    if (judgement === undefined) judgements.set(look, (judgement = judge(ruling, field)));
    return { field, ...judgement };
  };
  return new Map([...type.fields.values()].map((field) => [field.name, planOf(field)] as const));
}

/** Which of the rules speak about each field. */
function placesByField(rules: readonly AbilityRule[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  rules.forEach(({ fields = [] }, place) => {
    for (const name of fields) {
      const those = places.get(name);
      if (those === undefined) places.set(name, [place]);
      else those.push(place);
    }
  });
  return places;
}

const looks = new WeakMap<FieldDefinition, string>();

/** Everything of a field that is in its verdicts: its form at each level, and its class. */
function lookOf(field: FieldDefinition): string {
  let look = looks.get(field);
  if (look === undefined) {
    const forms = DISCLOSURES.map((level) => renderableAt(field, level));
    looks.set(field, (look = [field.classification, ...forms].join()));
  }
  return look;
}

function judge(ruling: Ruling, field: FieldDefinition): Judgement {
  const { attributes, outcomes, clearWhen } = ruling;
  const verdicts: (Verdict | undefined)[] = outcomes.map(() => undefined);
  // Verdicts are made once, so that deciding allocates nothing.
  const verdictOf = (at: number): Verdict => {
    const known = verdicts[at];
    if (known !== undefined) return known;
    const { level, rule } = outcomes[at] as Outcome;
    return (verdicts[at] = settle({ field, level, decider: rule }));
  };
  const constant = attributes.length === 0 ? verdictOf(outcomeFor(ruling, {})) : null;
  return {
    constant,
    attributes,
    possible: constant === null ? possibleOf(ruling, field) : new Set([constant.disclosure]),
    best: constant ?? verdictOf(bestOutcome(ruling)),
    clearWhen,
    decide:
      constant === null
        ? (row) => (isLoaded(row, attributes) ? verdictOf(outcomeFor(ruling, row)) : NOT_LOADED)
        : () => constant,
    ruling,
    verdictOf,
  };
}

function possibleOf(ruling: Ruling, field: FieldDefinition): ReadonlySet<Disclosure> {
  const ranks = [...possibleRanks(ruling)];
  return new Set(ranks.map((rank) => renderableAt(field, DISCLOSURES[rank] ?? "NONE")));
}
