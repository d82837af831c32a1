import { ENDS_WHEN_OVERDUE, REVIEW_KEYS, TOXIC_PAIR_KEYS } from "./document-keys.ts";
import type { Section } from "./document.ts";
import { VERBS } from "./rule.ts";
import type { ReviewTerms, ToxicPair } from "./oversight-terms.ts";

/** The `reviews:` document: what holds when roles are reviewed. A second one is a fault. */
export function reviewTermsIn(documents: readonly Section[]): ReviewTerms | undefined {
  const [first, ...others] = documents.flatMap((document) => {
    if (!document.has("reviews") || document.has("role")) return [];
    document.allowOnly(["reviews"]);
    return document.section("reviews") ?? [];
  });
  for (const other of others) other.fault('"reviews" is said twice.');
  return first === undefined ? undefined : reviewTerms(first);
}

function reviewTerms(section: Section): ReviewTerms {
  section.allowOnly(REVIEW_KEYS);
  const days = section.value("decide-within-days");
  const isCount = typeof days === "number" && Number.isSafeInteger(days) && days > 0;
  if (!isCount)
    section.fault('"decide-within-days" is a whole number from 1 on.', "decide-within-days");
  return {
    decideWithinDays: isCount ? days : 0,
    endsWhenOverdue: section.word("ends-when-overdue", ENDS_WHEN_OVERDUE) ?? "EVERYTHING",
    toxicPairs: section.sections("toxic-pairs").map(toxicPair),
    source: section.text("source"),
  };
}

function toxicPair(section: Section): ToxicPair {
  section.allowOnly(TOXIC_PAIR_KEYS);
  for (const side of ["one", "other"])
    if (!section.has(side)) section.fault(`A pair names verbs under "${side}".`);
  return {
    id: section.text("id"),
    about: section.text("about"),
    one: section.words("one", VERBS),
    other: section.words("other", VERBS),
  };
}
