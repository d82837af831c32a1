import type { FieldDefinition } from "../classification/catalog.ts";
import { type Disclosure, isAbove, rankOf } from "../classification/disclosure.ts";
import type { Caller } from "../identity/caller.ts";
import { abilityFor, type BoundPolicy, type Subject } from "./ability.ts";
import { type Change, changesFor, changedCaller, changedRow } from "./explain-flips.ts";

/** Small changes that together would give more, and how much. */
export interface Remedy {
  readonly disclosure: Disclosure;
  /** In words, such as `a second factor`; none of them can be left out. */
  readonly changes: readonly string[];
}

/** What is asked of a changed case: how much of the field it would give. */
export type Judge = (changed: { bound: BoundPolicy; row: Subject }) => Disclosure;

/** More changes than this at once are another case, not a small change. */
const MOST_CHANGES = 3;
const MOST_REMEDIES = 8;
/** Bounds the search where many rules could each be met; the smallest sets come first. */
const MOST_TRIALS = 600;

/**
 * Searches small changes to the caller's situation (and to the row's, where `changesRow`) that
 * would raise a field above a level. Changes come from the clauses of the rules themselves, so a
 * new rule brings its own; what nobody can bring about, such as another role, is not tried.
 */
export function whatWouldChange({
  bound,
  row,
  field,
  from,
  judge,
  changesRow,
}: {
  bound: BoundPolicy;
  row: Subject;
  field: FieldDefinition;
  from: Disclosure;
  judge: Judge;
  changesRow: boolean;
}): Remedy[] {
  const found: (Remedy & { readonly set: readonly Change[] })[] = [];
  const rebound = rebinder(bound);
  let trials = 0;
  const starts = startsFor({ bound, field });
  for (let size = 1; size <= MOST_CHANGES; size += 1) {
    for (const start of starts) {
      const base = rebound(changedCaller(bound.caller, start));
      const more = changesFor({ bound: base, row, field, changesRow });
      for (const rest of choices(more, size - start.length)) {
        if ((trials += 1) > MOST_TRIALS) return smallest(found);
        const set = [...start, ...rest];
        const disclosure = judge({
          bound: rebound(changedCaller(bound.caller, set)),
          row: changedRow(row, set),
        });
        const known = found.filter((one) => isWithin(one.set, set));
        if (isAbove(disclosure, from) && known.every((one) => isAbove(disclosure, one.disclosure)))
          found.push({ disclosure, changes: set.map(({ text }) => text), set });
      }
    }
  }
  return smallest(found);
}

/** The purpose that there is, and each other for which the caller's roles are given the field. */
function startsFor({ bound, field }: { bound: BoundPolicy; field: FieldDefinition }): Change[][] {
  const others = [...bound.policy.purposes.keys()].filter(
    (purpose) => purpose !== bound.caller.purpose,
  );
  const given = others.filter((purpose) => {
    const { rules } = rebind(bound, { ...bound.caller, purpose });
    return rules.some(
      ({ inverted, level, subject, fields }) =>
        !inverted &&
        level !== undefined &&
        subject === field.type &&
        fields?.includes(field.name) === true,
    );
  });
  return [
    [],
    ...given.map((purpose): Change[] => [
      { of: "CALLER", attribute: "purpose", value: purpose, text: `purpose ${purpose}` },
    ]),
  ];
}

/** Binding is dear, and the same few callers come up again and again. */
function rebinder(bound: BoundPolicy): (caller: Caller) => BoundPolicy {
  const known = new Map<string, BoundPolicy>();
  return (caller) => {
    const key = JSON.stringify(caller);
    const again = known.get(key) ?? rebind(bound, caller);
    known.set(key, again);
    return again;
  };
}

function rebind({ policy, catalog, now }: BoundPolicy, caller: Caller): BoundPolicy {
  return abilityFor({ policy, catalog, caller, now });
}

/** Every choice of so many changes of which no two are about the same attribute. */
function choices(changes: readonly Change[], size: number): Change[][] {
  if (size < 0) return [];
  if (size === 0) return [[]];
  return changes.flatMap((change, at) =>
    choices(changes.slice(at + 1), size - 1)
      .filter((rest) => rest.every((other) => !isSamePlace(other, change)))
      .map((rest) => [change, ...rest]),
  );
}

function isSamePlace(one: Change, other: Change): boolean {
  return one.of === other.of && one.attribute === other.attribute;
}

function isWithin(small: readonly Change[], large: readonly Change[]): boolean {
  return small.every(({ text }) => large.some((change) => change.text === text));
}

function smallest(found: readonly Remedy[]): Remedy[] {
  return found
    .toSorted(
      (a, b) => rankOf(b.disclosure) - rankOf(a.disclosure) || a.changes.length - b.changes.length,
    )
    .slice(0, MOST_REMEDIES)
    .map(({ disclosure, changes }) => ({ disclosure, changes }));
}
