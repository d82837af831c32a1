import { sourceFiles } from "../support/source-imports.ts";

/*
 * Ages, times and thresholds of a law stand in policies/law, dated and with their source (decision
 * 0021). Whatever in src looks like one is listed here and says what it is instead.
 */

/** Numbers that laws like for ages, days, hours and persons, and hardly anybody else. */
const OF_LAWS = new Set([
  13, 14, 15, 16, 18, 21, 28, 30, 42, 45, 60, 72, 90, 120, 180, 360, 365, 366, 730, 1_095, 1_825,
  10_000, 100_000, 500_000, 1_000_000, 5_000_000, 10_000_000, 50_000_000, 100_000_000,
]);

/** Beside such a word every number above two may be one: `keepYears = 3`. */
const WORDS = "year|month|week|day|hour|age|minor|adult|consent|retention|notice|deadline|person";
const OF_TIME_OR_AGE = new RegExp(
  [
    `(?<![A-Za-z])(?:${WORDS})s?(?![a-z])`,
    `(?:${WORDS.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())})s?(?![a-z])`,
    `(?<![A-Z])(?:${WORDS.toUpperCase()})S?(?![A-Z])`,
  ].join("|"),
);

/** A time in words, as SQL and texts have it. */
const IN_WORDS = /\b\d+[\s-](?:working[\s-])?(?:hour|day|week|month|year)s?\b/gi;

const CLOCK = "Converts one unit of time to another.";
const COLUMN = "Width of a column on the terminal.";
const CACHE = "Most entries that a cache holds.";
const TIMEOUT = "Milliseconds before we give up or look again.";
const BYTES = "Length of a key, tag or block in bytes.";
const HEX = "Base of hexadecimal digits.";
const SIZE = "Most that one question, file or answer may cost us.";
const WAYS = "How many values a part of an identifier can have.";
const RANGE = "Bound of a range in which amounts are shown.";
const EXAMPLE = "A day in the message about days that are none.";
const NUMBER = "Number of a person of the demonstration.";

/** What looks like a number of a law, by file, and what it is. */
const INNOCENT: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "src/audit-settings.ts": { "10_000": SIZE },
  "src/audit/circumstances.ts": { "16": "Letters of a name in base64url." },
  "src/audit/decision-columns.ts": { "10": "Letters of an ISO day." },
  "src/audit/export/other-files.ts": { "16": "Digits of a size in the name of a file." },
  "src/audit/export/prepare-bundle.ts": { "1_000_000": SIZE },
  "src/audit/publish-file.ts": { "16": "Digits of a size in the name of a file." },
  "src/access-reviews/access-review.rules.ts": { "24": CLOCK, "60": CLOCK, "1_000": CLOCK },
  "src/classification/anatomy.ts": { "1e4": WAYS, "1e5": WAYS, "1e8": WAYS },
  "src/classification/renderings/numbers.ts": { "16": "Hidden digits of an identity number." },
  "src/classification/renderings/ranges.ts": {
    "10_000": RANGE,
    "100_000": RANGE,
    "500_000": RANGE,
    "1_000_000": RANGE,
    "10_000_000": RANGE,
  },
  "src/commands/config.ts": { "18": COLUMN, "30": COLUMN, "60": COLUMN },
  "src/commands/policy-diff.ts": { "28": COLUMN, "30": COLUMN },
  "src/commands/policy-explain.ts": { "60": COLUMN },
  "src/commands/policy-law.ts": { "2026": EXAMPLE },
  "src/commands/welcome.ts": { "42": COLUMN },
  "src/load-settings.ts": { "100_000": SIZE },
  "src/config.ts": {
    "24": CLOCK,
    "30": "Most aliases, and days of the longest age of a token that can be set.",
    "60": "Seconds of the shortest age of a token that can be set.",
    "3_600": CLOCK,
    "10_000": "Most that a setting of a size can be set to.",
    "100_000": SIZE,
    "1_000_000": "Most that a setting of a size can be set to.",
    "100_000_000": "Most that a setting of a size can be set to.",
  },
  "src/customers/import/csv-records.ts": { "1_000_000": SIZE },
  "src/customers/import/first-rows.ts": { "16": HEX },
  "src/customers/import/record-digest.ts": { "16": HEX },
  "src/daily-work.ts": {
    "24": CLOCK,
    "60": CLOCK,
    "90": "Days after which checkpoints are thinned; decisions and proofs do not hang on it.",
    "1_000": CLOCK,
  },
  "src/database/copy-buffer.ts": { "16": "Length of an id in bytes.", "86_400_000": CLOCK },
  "src/database/customer-writer.ts": { "16": "Length of a salt in bytes." },
  "src/database/decision-retention.ts": {
    "3": "Months for which tables are made ahead.",
    "1 month": "From one of these months to the next.",
  },
  "src/database/embedded/postmaster.ts": { "10_000": TIMEOUT },
  "src/database/evidence-desk.ts": { "60": CLOCK },
  "src/database/evidence-export-store.ts": {
    "16": "Earlier trees to which a bundle proves its own.",
  },
  "src/database/expired-lookups.ts": {
    "30": "Days after which an idle row is swept, longer than any window of a budget.",
  },
  "src/database/mikro.ts": { "10_000": TIMEOUT },
  "src/database/organisation-directory.ts": { "10_000": CACHE },
  "src/database/pool.ts": { "10_000": TIMEOUT },
  "src/database/principal-directory.ts": { "10_000": CACHE },
  "src/database/revoked-tokens.ts": { "10_000": CACHE },
  "src/database/waiting-records.ts": {
    "14": "Place in an id.",
    "16": "Base of hexadecimal digits.",
  },
  "src/decisions/decision.types.ts": { "10_000": SIZE },
  "src/decisions/denials.resolver.ts": { "366": SIZE, "86_400_000": CLOCK },
  "src/database/role-use.ts": {
    "60": CLOCK,
    "1_000": CLOCK,
    "10_000": CACHE,
    "100_000": CACHE,
  },
  "src/elevations/elevation.rules.ts": { "24": CLOCK, "60": CLOCK },
  "src/execution/compile-document.ts": { "16": CACHE },
  "src/evaluation/compared-policies.ts": { "60": SIZE },
  "src/evaluation/simulation.sample.ts": { "100_000": SIZE },
  "src/graphql/cost.ts": { "10_000": SIZE },
  "src/guard/decision-journal.ts": { "16": BYTES },
  "src/http/audit-routes.ts": { "60": "Seconds for which keys of the log may be remembered." },
  "src/http/authzen-routes.ts": { "300": "Seconds for which the metadata may be remembered." },
  "src/http/open-routes.ts": { "300": "Seconds for which our public keys may be remembered." },
  "src/http/rate-limit.ts": { "60": "Seconds in which the requests of one address are counted." },
  "src/identity/demo-callers.ts": { "200": NUMBER, "250": NUMBER, "300": NUMBER },
  "src/identity/remembered-tokens.ts": { "10_000": CACHE },
  "src/identity/token-verifier.ts": { "1_000": CLOCK },
  "src/kept-since.ts": { "12": "Months of a year.", "24": CLOCK, "60": CLOCK },
  "src/lib/calendar-date.ts": { "3": "Place of the day in a date.", "12": "Months of a year." },
  "src/lib/national-id.ts": { "1800": "Year before which nobody with such a number was born." },
  "src/policy-versions/read-files.ts": { "1_000_000": SIZE },
  "src/policy/budget.ts": { "24": CLOCK, "60": CLOCK },
  "src/policy/diff-world.ts": { "1_000_000": SIZE },
  "src/policy/document-keys.ts": { "60": CLOCK, "100_000": SIZE },
  "src/policy/document.ts": { "1_000_000": CACHE },
  "src/policy/few-candidates.ts": { "10_000": "Candidates that can be tried one by one." },
  "src/policy/for-each.ts": { "3_600_000": CLOCK },
  "src/policy/law/parse-law.ts": { "2026": EXAMPLE },
  "src/policy/survey-items.ts": { "3_600_000": CLOCK },
  "src/proving/decision-table.ts": { "42": "How many worked decisions there are." },
  "src/sealing/aes-256-gcm.ts": { "16": BYTES },
  "src/sealing/blind-index.ts": { "16": BYTES },
  "src/sealing/customer-reference.ts": { "16": BYTES },
  "src/sealing/lookup-digest.ts": { "16": BYTES },
  "src/sealing/padded-text.ts": { "16": BYTES },
  "src/sealing/pseudonym.ts": { "16": BYTES },
  "src/sealing/sm4-ctr-hmac-sm3.ts": { "16": BYTES },
  "src/settle-by-time.ts": { "10_000": TIMEOUT },
};

test("no age, time or threshold of a law stands in src but for named innocents", () => {
  expect(lookalikes()).toEqual(
    Object.fromEntries(
      Object.entries(INNOCENT).map(([path, named]) => [path, Object.keys(named).sort()]),
    ),
  );
});

test("every innocent says what it is", () => {
  for (const why of Object.values(INNOCENT).flatMap((named) => Object.values(named)))
    expect(why).toMatch(/^\w.{9,}\.$/);
});

test.each([
  ["if (age < 14) return;", ["14"]],
  ["const guardianAge = 16;", ["16"]],
  ["const KEEP_YEARS = 3;", ["3"]],
  ["const dueMs = 72 * HOUR_MS;", ["72"]],
  ["if (persons >= 1e6) assess();", ["1e6"]],
  ["const limit = 10_000_000;", ["10_000_000"]],
  ["sql(`now() - interval '15 days'`);", ["15", "15 days"]],
  ['const period = "10 years";', ["10 years"]],
])("%s is found", (code, found) => {
  expect(suspectsIn(code)).toEqual(found);
});

test.each([
  "const day = now.toISOString().slice(0, 10);",
  'const article = "PIPL Art. 31";',
  "const month = /^\\d{4}-\\d{2}$/;",
  "const half = Math.ceil(nearest.length / 3);",
])("%s is not", (code) => {
  expect(suspectsIn(code)).toEqual([]);
});

function lookalikes(): Record<string, string[]> {
  const found = sourceFiles().map(({ path, code }): [string, string[]] => [path, suspectsIn(code)]);
  return Object.fromEntries(found.filter(([, suspects]) => suspects.length > 0));
}

/** Literals that could be a law's, each once. */
function suspectsIn(code: string): string[] {
  const found = code.split("\n").flatMap((line) => {
    const bare = withoutTexts(line);
    const inWords = [...line.matchAll(IN_WORDS)].map(([text]) => text);
    return [...numbersIn(bare).filter((literal) => isSuspect(literal, bare)), ...inWords];
  });
  return [...new Set(found)].sort();
}

function isSuspect(literal: string, line: string): boolean {
  const value = Number(literal.replaceAll("_", ""));
  return OF_LAWS.has(value) || (value > 2 && OF_TIME_OR_AGE.test(line));
}

function numbersIn(line: string): string[] {
  return [...line.matchAll(/(?<![\w.$])\d[\d_]*(?:\.\d+)?(?:e\d+)?(?![\w.])/g)].map(
    ([literal]) => literal,
  );
}

/** Numbers in texts are told apart by their unit; quantifiers and places in a text are none. */
function withoutTexts(line: string): string {
  return line
    .replace(/"(?:[^"\\]|\\.)*"/g, '""')
    .replace(/\{\d+(?:,\d*)?\}/g, "")
    .replace(/\.slice\([^()]*\)/g, "");
}
