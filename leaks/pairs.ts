import { type Answer, codesOf, fingerprint, isAnswered } from "./answer.ts";
import type { Asker, Question } from "./client.ts";
import { closed, doesNotApply, type Finding, type Lab, open, type Secret } from "./finding.ts";

/** Two questions that differ in one value: the hidden one, and one that nobody has. */
export interface Pair {
  readonly secret: Secret;
  /** Such as `phone eq`. */
  readonly name: string;
  readonly question: (value: string) => Question;
  /** What of a value is sent; the whole of it unless told otherwise. */
  readonly part?: ((value: string) => string) | undefined;
}

interface Outcome {
  readonly name: string;
  readonly maskedTells: boolean;
  readonly readerTells: boolean;
  readonly codes: readonly string[];
  readonly isUnknown: boolean;
}

/**
 * Asks each pair as the masked caller, who must get one answer to both, and as the reader, who shows
 * whether the question could tell the two apart at all.
 */
export async function judgePairs(
  lab: Lab,
  { probe, pairs }: { probe: string; pairs: readonly Pair[] },
): Promise<Finding> {
  const outcomes: Outcome[] = [];
  for (const pair of pairs) outcomes.push(await outcomeOf(lab, pair));
  const leaks = outcomes.filter(({ maskedTells }) => maskedTells).map(({ name }) => name);
  if (leaks.length > 0) return open(probe, `the masked caller tells apart: ${leaks.join(", ")}`);
  const known = outcomes.filter(({ isUnknown }) => !isUnknown);
  if (known.length === 0) return doesNotApply(probe, "the API takes no such question");
  const controls = known.filter(({ readerTells }) => readerTells).length;
  const codes = [...new Set(known.flatMap((outcome) => outcome.codes))].join(", ");
  if (controls === 0 && codes === "")
    return doesNotApply(probe, "it is answered, and nobody can tell values apart by it");
  return closed(
    probe,
    `${known.length} pairs alike; the reader tells ${controls} apart; the masked caller gets ${codes || "data"}`,
  );
}

async function outcomeOf(lab: Lab, pair: Pair): Promise<Outcome> {
  const masked = await bothAnswers(lab, "masked", pair);
  const reader = await bothAnswers(lab, "reader", pair);
  const codes = masked.answers.flatMap(codesOf);
  const unknown = lab.target.unknown;
  return {
    name: pair.name,
    maskedTells: masked.differ,
    readerTells: reader.differ,
    codes: [...new Set(codes)],
    isUnknown:
      !isAnswered(reader.answers[0]) &&
      codesOf(reader.answers[0]).every((code) => unknown.includes(code)),
  };
}

async function bothAnswers(
  { client, target }: Lab,
  as: Asker,
  { secret, question, part = (value) => value }: Pair,
): Promise<{ differ: boolean; answers: [Answer, Answer] }> {
  const { value, other } = secret;
  const one = await client.ask(as, question(part(value)));
  const two = await client.ask(as, question(part(other)));
  const like = { ignore: target.ignore, alike: [value, other, part(value), part(other)] };
  return { differ: fingerprint(one, like) !== fingerprint(two, like), answers: [one, two] };
}
