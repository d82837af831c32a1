import type { Variables } from "./golden-request.ts";

const LONGEST_LINE = 140;

/** The space before a clause of a statement. */
const CLAUSE =
  /(?<!left|cross) (?=(?:from|where|order by|limit|group by|union all|(?:left |cross )?join) )/g;

/** Names whose texts are new in every run or with every line of a policy, and what stands for them. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  requestId: "<request id>",
  decisionId: "<request id>",
  policyVersion: "<policy version>",
  lawPack: "<law pack>",
  digest: "<policy version>",
  fromVersion: "<policy version>",
  toVersion: "<policy version>",
  place: "<place>",
  tokenId: "<token id>",
  customerReference: "<reference>",
  subjectReferences: "<reference>",
  record: "<record>",
  leafHash: "<hash>",
  hashes: "<hash>",
  root: "<hash>",
  sealedAt: "<time>",
  verifierKey: "<key>",
  cursor: "<cursor>",
  startCursor: "<cursor>",
  endCursor: "<cursor>",
};

/**
 * An answer without what differs from run to run. Pseudonyms hang on keys that every run makes
 * anew; they are numbered, so that equal ones stay equal and different ones different.
 */
export function withPlaceholders(answer: unknown): unknown {
  const pseudonyms = new Map<string, string>();
  const pseudonym = (token: string): string => {
    if (!pseudonyms.has(token)) pseudonyms.set(token, `<pseudonym ${pseudonyms.size + 1}>`);
    return pseudonyms.get(token) ?? "";
  };
  const walk = (value: unknown, name: string): unknown => {
    if (Array.isArray(value)) return value.map((item) => walk(item, name));
    if (typeof value === "object" && value !== null) {
      // Keys of the log are as old as the database of the run.
      const isLogKey = "verifierKey" in value;
      return Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [
          key,
          isLogKey && key === "validFrom" ? "<time>" : walk(inner, key),
        ]),
      );
    }
    if (typeof value !== "string") return value;
    if (value.startsWith("c2sp.org/tlog-proof@")) return "<proof>";
    if (value.includes("\n\n— ")) return "<signed note>";
    return PLACEHOLDERS[name] ?? (/^tok_[\w-]{22}$/.test(value) ? pseudonym(value) : value);
  };
  return walk(answer, "");
}

/** JSON in which whatever fits on a line stands on one, so that people can read it. */
export function printJson(value: unknown, indent = ""): string {
  const short = JSON.stringify(value, null, 1)?.replaceAll(/\n */g, " ") ?? "null";
  const isFlat = typeof value !== "object" || value === null;
  if (isFlat || indent.length + short.length <= LONGEST_LINE) return short;
  const inner = `${indent}  `;
  const lines = Array.isArray(value)
    ? value.map((item) => printJson(item, inner))
    : Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => `${JSON.stringify(key)}: ${printJson(item, inner)}`);
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  return `${open}\n${lines.map((line) => inner + line).join(",\n")}\n${indent}${close}`;
}

/** The text of a statement with one clause on each line. */
export function printSql(sql: string): string {
  const words = sql.replaceAll(/\s+/g, " ").trim();
  return `${words.replaceAll(CLAUSE, "\n  ")};`;
}

/** Variables with each `$previous.…` replaced by what stood there in the answer before. */
export function withPrevious(
  variables: Variables | undefined,
  previous: unknown,
): Variables | undefined {
  if (variables === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(variables).map(([name, value]) => [
      name,
      typeof value === "string" && value.startsWith("$previous.")
        ? valueAt(previous, value.split(".").slice(1))
        : value,
    ]),
  );
}

function valueAt(from: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, key) => (at as Record<string, unknown> | null)?.[key], from);
}
