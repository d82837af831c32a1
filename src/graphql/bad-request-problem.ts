/** Beginnings of Apollo's refusals, and how we put them; what is not listed is not explained. */
const PROBLEMS: readonly (readonly [RegExp, string])[] = [
  [
    /^This operation has been blocked as a potential Cross-Site Request Forgery/,
    "Send Content-Type: application/json, or a header Apollo-Require-Preflight with any value.",
  ],
  [/^GraphQL operations must contain a non-empty `query`/, "The request has to hold a `query`."],
  [/^GraphQL queries must be strings/, "`query` has to be a string."],
  [/^POST body missing/, "The body has to be a JSON object."],
  [/^Operation batching disabled/, "The body has to be one operation, not a list."],
  [/^`(variables|extensions)` in a POST body/, "`$1` has to be an object."],
  [/^`operationName` in a POST body/, "`operationName` has to be a string."],
  [
    /^The '?(query|operationName|variables|extensions)'? search parameter/,
    "The search parameter `$1` is malformed or repeated.",
  ],
];

/** What is wrong with an HTTP request for GraphQL, in constant words; null when we don't know. */
export function badRequestProblem(message: string): string | null {
  for (const [pattern, words] of PROBLEMS) {
    const found = pattern.exec(message);
    if (found !== null) return words.replace("$1", found[1] ?? "");
  }
  return null;
}
