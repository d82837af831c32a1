import { closest, distance } from "fastest-levenshtein";

/** A hint such as ` Did you mean "cs-agent"?`, or nothing when no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const nearest = closest(word, known);
  const tolerable = Math.max(2, Math.ceil(nearest.length / 3));
  return distance(word, nearest) <= tolerable ? ` Did you mean "${nearest}"?` : "";
}
