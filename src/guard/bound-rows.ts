import { type FieldDefinition, ruledBy, type TypeDefinition } from "../classification/catalog.ts";
import { type Row, ruleAttributesOf } from "../database/read-request.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { Decisions } from "../policy/decisions.ts";
import type { FieldPlan } from "../policy/plan.ts";
import type { Verdict } from "../policy/verdict.ts";
import { type Form, formOf } from "./disclose.ts";
import type { DecidedFields } from "./row-verdicts.ts";

/** A field that is selected of rows. */
export interface SelectedField {
  readonly key: string;
  /** Response path with `*` for every index of a list. */
  readonly pattern: string;
  /** Null for the id, which says nothing of the row, and for fields that the guard does not answer. */
  readonly field: FieldDefinition | null;
  readonly kind: "value" | "id" | "relation" | "other";
  /** Gives a value its form in the answer; null for what has parts. */
  readonly complete: ((value: unknown) => unknown) | null;
}

/** What was decided about one or more rows. All lists are by the position of the field. */
export interface Outcome {
  readonly verdicts: readonly (Verdict | null)[];
  /** The same for the journal, one object for all rows that are alike. */
  readonly decided: DecidedFields;
  /** How each field is shown; null where the guard shows nothing. */
  readonly forms: readonly (Form | null)[];
  /** Relations that may be followed: a relation is followed in clear or not at all. */
  readonly follows: readonly boolean[];
}

/** Rows whose conditional verdicts were the same so far. */
interface Branch {
  readonly taken: readonly Verdict[];
  readonly next: Map<Verdict, Branch>;
  outcome: Outcome | null;
}

/**
 * What one caller may see of the fields that are selected together. Constant verdicts are settled here;
 * of a row only those are decided that hang on it, and rows for which they fall alike share everything
 * else.
 */
export class BoundRows {
  readonly fields: readonly SelectedField[];
  readonly #plans: readonly (FieldPlan | null)[];
  readonly #conditional: readonly FieldPlan[];
  readonly #decisions: Decisions;
  readonly #type: TypeDefinition;
  readonly #root: Branch = { taken: [], next: new Map(), outcome: null };

  constructor(of: {
    readonly fields: readonly SelectedField[];
    readonly type: TypeDefinition;
    readonly decisions: Decisions;
  }) {
    const { fields, type, decisions } = of;
    this.fields = fields;
    this.#type = type;
    this.#decisions = decisions;
    this.#plans = fields.map(({ field }) => (field === null ? null : decisions.fieldPlan(field)));
    this.#conditional = this.#plans.filter(
      (plan) => plan !== null && plan.constant === null,
    ) as FieldPlan[];
  }

  /** Decides about a row. */
  decide(row: Row): Outcome {
    const attributes = ruleAttributesOf(row);
    let branch = this.#root;
    for (const plan of this.#conditional) branch = branchOf(branch, plan.decide(attributes));
    return (branch.outcome ??= this.#outcomeOf(branch.taken));
  }

  #outcomeOf(taken: readonly Verdict[]): Outcome {
    let position = 0;
    const verdicts = this.#plans.map((plan) =>
      plan === null ? null : (plan.constant ?? (taken[position++] as Verdict)),
    );
    return {
      verdicts,
      decided: this.fields.flatMap(({ field }, at) =>
        field === null ? [] : [{ field, verdict: verdicts[at] as Verdict }],
      ),
      forms: this.fields.map((selected, at) => this.#formOf(selected, verdicts[at] ?? null)),
      follows: this.fields.map(
        ({ kind }, at) => kind === "relation" && verdicts[at]?.disclosure === "CLEAR",
      ),
    };
  }

  #formOf({ kind, field }: SelectedField, verdict: Verdict | null): Form | null {
    if (kind === "id") return (row) => row.id;
    if (kind !== "value" || field === null || verdict === null) return null;
    const form = formOf(field, verdict.disclosure);
    if (!field.namesFields) return form;
    return (row, showing) => this.#knowable(form(row, showing), ruleAttributesOf(row));
  }

  /** The names of fields of which the caller may know, on this row, that they have a value. */
  #knowable(names: unknown, attributes: AttributeValues): unknown {
    if (!Array.isArray(names)) return null;
    const plan = this.#decisions.planOf(ruledBy(this.#type));
    return names.filter((name: string) => {
      const verdict = plan.get(name)?.decide(attributes);
      return verdict !== undefined && verdict.disclosure !== "NONE";
    });
  }
}

function branchOf(branch: Branch, verdict: Verdict): Branch {
  let next = branch.next.get(verdict);
  if (next === undefined) {
    next = { taken: [...branch.taken, verdict], next: new Map(), outcome: null };
    branch.next.set(verdict, next);
  }
  return next;
}
