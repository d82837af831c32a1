import type { GraphQLFieldResolver } from "graphql";
import type { TypeDefinition } from "../classification/catalog.ts";
import type { Row } from "../database/read-request.ts";
import type { RowField, RowGuard, RowWriter } from "../execution/row-guard.ts";
import { invariant } from "../lib/invariant.ts";
import type { Decisions } from "../policy/decisions.ts";
import { BoundRows, type SelectedField } from "./bound-rows.ts";
import type { GuardContext } from "./guard-context.ts";
import type { SelectionReads } from "./access-recorder.ts";

/**
 * The guard of the rows of a type.
 *
 * @param relations resolvers of the fields that lead to other rows
 */
export function rowGuardOf(
  type: TypeDefinition,
  relations: ReadonlyMap<string, GraphQLFieldResolver<unknown, unknown>>,
): RowGuard {
  return {
    leadsTo: (field) => relations.get(field),
    roleOf: (name) => ROLES[kindOf(type, name)],
    prepare: (asked) => {
      const fields = asked.map((one) => selectedField(type, one));
      const decided = fields.flatMap(({ field }) => field ?? []);
      // Kept for as long as the decisions are, which are those of one caller, purpose and policy.
      const known = new WeakMap<Decisions, BoundRows>();
      return (context: GuardContext): RowWriter => {
        const { decisions } = context;
        let bound = known.get(decisions);
        if (bound === undefined) {
          bound = new BoundRows({ fields, decided, type, decisions });
          known.set(decisions, bound);
        }
        return new GuardedWriter(bound, context);
      };
    },
  };
}

/** What the guard does with each kind of field. */
const ROLES = { value: "writes", id: "writes", relation: "passes", other: null } as const;

function kindOf(type: TypeDefinition, name: string): SelectedField["kind"] {
  const field = type.fields.get(name);
  if (field === undefined) return name === "id" ? "id" : "other";
  return field.shape === "relation" ? "relation" : "value";
}

function selectedField(
  type: TypeDefinition,
  { key, name, pattern, complete }: RowField,
): SelectedField {
  const field = type.fields.get(name) ?? null;
  return { key, pattern, field, kind: kindOf(type, name), complete };
}

/** Writes the fields of rows as they were decided, and tells recorder and journal of it. */
class GuardedWriter implements RowWriter {
  readonly #bound: BoundRows;
  readonly #context: GuardContext;
  readonly #reads: SelectionReads;
  readonly #showing: { readonly purpose: string; readonly unsealer: GuardContext["unsealer"] };

  constructor(bound: BoundRows, context: GuardContext) {
    this.#bound = bound;
    this.#context = context;
    this.#reads = context.access.placeOf(bound.fields);
    this.#showing = { purpose: context.purpose ?? "", unsealer: context.unsealer };
  }

  write({ row: given, out, path, fail }: Parameters<RowWriter["write"]>[0]): readonly boolean[] {
    const row = given as Row;
    const outcome = this.#bound.decide(row);
    const { forms, decided } = outcome;
    this.#reads.add({ path, out, verdicts: outcome.verdicts });
    if (decided.length > 0) this.#context.journal.read(row, decided);
    const { fields } = this.#bound;
    for (let at = 0; at < fields.length; at += 1) {
      const { key, complete } = fields[at] as SelectedField;
      const form = forms[at];
      if (form == null) continue;
      try {
        invariant(complete !== null, `${key} has parts, and the guard writes values without`);
        out[key] = complete(form(row, this.#showing));
      } catch (error) {
        out[key] = fail(at, error);
      }
    }
    return outcome.follows;
  }
}
