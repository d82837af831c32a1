import {
  type FieldDefinition,
  renderableAt,
  type TypeDefinition,
} from "../classification/catalog.ts";
import type { Category } from "../classification/classification.ts";
import { type Disclosure, rankOf } from "../classification/disclosure.ts";
import type { AbilityRule } from "./ability.ts";

/** Fields of one category about which the same rules speak, so that they are decided alike. */
export interface FieldGroup<Step> {
  readonly category: Category;
  /** The highest level first; of equal ones the last, as in CASL. */
  readonly grants: readonly Step[];
  /** In the order in which they are read: the earliest stage first. */
  readonly stops: readonly Step[];
  /** Levels that were already written down, which happens on nearly every row. */
  readonly noted: Set<Disclosure>;
  /** Levels at which the fields are shown where rules give this one. */
  readonly shownAt: (level: Disclosure) => ReadonlySet<Disclosure>;
}

/** The groups of a type's fields. */
export function groupsOf<Step extends { readonly rule: AbilityRule }>(
  type: TypeDefinition,
  steps: readonly Step[],
): FieldGroup<Step>[] {
  const about = (field: FieldDefinition): Step[] =>
    steps.filter(({ rule }) => rule.level !== undefined && rule.fields?.includes(field.name));
  const groups = Map.groupBy(type.fields.values(), (field) => {
    const places = about(field).map((step) => steps.indexOf(step));
    return `${field.category} ${places.join(" ")}`;
  });
  return [...groups.values()].flatMap((fields) => {
    const [first] = fields;
    if (first === undefined) return [];
    const speaking = about(first).reverse();
    const shown = new Map<Disclosure, Set<Disclosure>>();
    return {
      category: first.category,
      grants: speaking
        .filter(({ rule }) => rule.inverted !== true)
        .sort((a, b) => levelRank(b) - levelRank(a)),
      noted: new Set<Disclosure>(),
      stops: speaking.filter(({ rule }) => rule.inverted === true),
      shownAt: (level: Disclosure) => {
        let levels = shown.get(level);
        if (levels === undefined) {
          levels = new Set(fields.map((field) => renderableAt(field, level)));
          shown.set(level, levels);
        }
        return levels;
      },
    };
  });
}

function levelRank({ rule }: { readonly rule: AbilityRule }): number {
  return rankOf(rule.level ?? "NONE");
}
