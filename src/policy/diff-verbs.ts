import type { TypeDefinition } from "../classification/catalog.ts";
import type { BothBound } from "./diff-rules.ts";
import type { Decisions } from "./decisions.ts";

/** A verb on fields, or at all where it names none. */
interface GivenVerb {
  readonly verb: string;
  readonly fields: readonly string[];
  /** The rows and fields for which it is given, as text. */
  readonly text: string;
}

/** Verbs that are given under one policy and not, or not so, under the other. */
export function changesOfVerbs(
  { from, to }: BothBound,
  { name }: TypeDefinition,
): { verb: string; isGained: boolean; fields: readonly string[] }[] {
  const before = verbsOf(from, name);
  const after = verbsOf(to, name);
  const only = (one: readonly GivenVerb[], other: readonly GivenVerb[], isGained: boolean) =>
    one
      .filter(({ text }) => !other.some((same) => same.text === text))
      .map(({ verb, fields }) => ({ verb, fields, isGained }));
  return [...only(after, before, true), ...only(before, after, false)];
}

function verbsOf({ bound }: Decisions, type: string): GivenVerb[] {
  return bound.rules.flatMap(({ origin, subject, fields = [], conditions = null }) => {
    if (subject !== type || origin.kind !== "verb") return [];
    const names = [fields].flat();
    return {
      verb: origin.verb,
      fields: names,
      text: JSON.stringify([origin.verb, names, conditions]),
    };
  });
}
