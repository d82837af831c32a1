import { type FieldDefinition, ruledBy, type TypeDefinition } from "../classification/catalog.ts";
import { type Row, ruleAttributesOf } from "../database/read-request.ts";
import type { AttributeValues } from "../policy/condition.ts";
import type { DecideTogether } from "../policy/decide-together.ts";
import type { Decisions } from "../policy/decisions.ts";
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

/**
 * What one caller may see of the fields that are selected together. Rows that are decided alike share
 * everything but their values.
 */
export class BoundRows {
  readonly fields: readonly SelectedField[];
  readonly #together: DecideTogether;
  readonly #decisions: Decisions;
  readonly #type: TypeDefinition;
  /** Rows that are decided alike have one list of verdicts. */
  readonly #outcomes = new WeakMap<readonly Verdict[], Outcome>();

  constructor(of: {
    readonly fields: readonly SelectedField[];
    /** The fields that are decided: the same list for every caller, by which plans of them are known again. */
    readonly decided: readonly FieldDefinition[];
    readonly type: TypeDefinition;
    readonly decisions: Decisions;
  }) {
    const { fields, decided, type, decisions } = of;
    this.fields = fields;
    this.#type = type;
    this.#decisions = decisions;
    this.#together = decisions.decideTogether(decided);
  }

  /** Decides about a row. */
  decide(row: Row): Outcome {
    const taken = this.#together(ruleAttributesOf(row));
    let outcome = this.#outcomes.get(taken);
    if (outcome === undefined) this.#outcomes.set(taken, (outcome = this.#outcomeOf(taken)));
    return outcome;
  }

  #outcomeOf(taken: readonly Verdict[]): Outcome {
    let position = 0;
    const verdicts = this.fields.map(({ field }) =>
      field === null ? null : (taken[position++] as Verdict),
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
