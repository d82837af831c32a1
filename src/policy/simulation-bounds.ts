import type { FieldDefinition, TypeDefinition } from "../classification/catalog.ts";
import { anyOf, type Condition, not } from "./condition.ts";
import { supposing } from "./diff-callers.ts";
import { changesOfFields } from "./diff-fields.ts";
import { bindBoth, type BothBound } from "./diff-rules.ts";
import { Worlds } from "./diff-world.ts";
import { conditionOf } from "./level-conditions.ts";
import { compilePredicate, type Predicate } from "./matches.ts";
import { widenedTo } from "./replace-tests.ts";
import type { DecisionsToJudge, Judge, JudgedPolicies, SimulatedChange } from "./simulation.ts";

/** On which rows whoever asks knows an attribute. */
export type KnownOn = (attribute: string) => Condition;

/** A change that rows can have, with tests that read of a row only what is known of it. */
interface PossibleChange {
  readonly change: Omit<SimulatedChange, "isCertain">;
  readonly may: Predicate;
  readonly mayNot: Predicate;
}

/**
 * Judges each row only by what whoever asks knows of it (decision 0027): which changes there are at
 * all is found on made rows, and a test on an attribute that is not known counts as whatever lets
 * the row through. What comes of it is a function of what one reads, whatever a draft asks. The
 * callers must be made of nothing else, either.
 */
export function boundedJudge(policies: JudgedPolicies, knownOn: KnownOn): Judge {
  const worlds = new Worlds(policies.catalog);
  return function* (asked) {
    const both = bindBoth({ ...policies, now: asked.at }, asked.caller);
    const possible = possibleChanges({ both, asked, worlds, knownOn });
    for (const row of possible.size === 0 ? [] : asked.rows) {
      for (const [field, all] of possible) {
        const changes = all
          .filter(({ may }) => may(row))
          .map(({ change, mayNot }) => ({ ...change, isCertain: !mayNot(row) }));
        if (changes.length > 0) yield { row, field, changes };
      }
    }
  };
}

function possibleChanges({
  both,
  asked: { caller, type, fields },
  worlds,
  knownOn,
}: {
  both: BothBound;
  asked: DecisionsToJudge;
  worlds: Worlds;
  knownOn: KnownOn;
}): Map<FieldDefinition, PossibleChange[]> {
  const supposed = { organisationId: caller.organisationId, isTheirs: false };
  const known = (condition: Condition): Predicate =>
    compilePredicate(widenedTo(condition, knownOn));
  const touched = known(supposing(touchedRows(both, type), supposed));
  const found = changesOfFields(both, type, worlds)
    .changes.filter(({ from, to }) => from !== to)
    .map(({ fields: names, condition, ...change }) => {
      const real = supposing(condition, supposed);
      const { from, to, reasonsBefore, reasonsAfter } = change;
      return {
        names: new Set(names),
        change: { from, to, reasonsBefore, reasonsAfter },
        may: bothHold(touched, known(real)),
        mayNot: known(not(real)),
      };
    });
  const byField = fields.map((field): [FieldDefinition, PossibleChange[]] => [
    field,
    found.filter(({ names }) => names.has(field.name)),
  ]);
  return new Map(byField.filter(([, changes]) => changes.length > 0));
}

/** Rows on which a rule holds that only one of the policies has: all others are decided alike. */
function touchedRows({ from, to }: BothBound, { name }: TypeDefinition): Condition {
  const [before, after] = [from, to].map(
    ({ bound }) =>
      new Map(
        bound.rules
          .filter(({ subject }) => subject === name)
          .map((rule) => [JSON.stringify({ ...rule, origin: null }), conditionOf(rule)]),
      ),
  );
  const only = (one = EMPTY, other = EMPTY): Condition[] =>
    [...one].filter(([text]) => !other.has(text)).map(([, condition]) => condition);
  return anyOf([...only(before, after), ...only(after, before)]);
}

const EMPTY: ReadonlyMap<string, Condition> = new Map();

function bothHold(one: Predicate, other: Predicate): Predicate {
  return (row) => one(row) && other(row);
}
