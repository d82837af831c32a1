import { existsSync, readFileSync } from "node:fs";
import { relative } from "node:path";

/** The proofs: each property in these files is tried on a thousand cases at least. */
const PROOFS = [
  "test/properties/row-condition.test.ts",
  "test/properties/plan-equals-verdict.test.ts",
  "test/properties/rules-add-up.test.ts",
  "test/properties/reference.test.ts",
  "test/properties/query-shapes.test.ts",
  "test/abuse/non-interference.test.ts",
];
const FEWEST_RUNS = 1_000;

/** The properties of a run, those of `describe.each` as one, with runs, seed and what was counted. */
export function propertiesOf({ testResults }) {
  const log = process.env["CUSTODIA_PROPERTY_LOG"];
  if (log === undefined || !existsSync(log)) return [];
  const titles = new Map(
    testResults.flatMap(({ testFilePath, testResults: tests }) =>
      tests.map(({ fullName, title }) => [`${testFilePath} ${fullName}`, title]),
    ),
  );
  const properties = new Map();
  for (const line of readFileSync(log, "utf8").split("\n").filter(Boolean)) {
    const { file, test, runs = 0, seed, counts = {} } = JSON.parse(line);
    const name = titles.get(`${file} ${test}`) ?? test ?? "";
    const key = `${file} ${name}`;
    const known = properties.get(key) ?? { file: relative("", file), name, runs: 0, counts: {} };
    for (const [what, count] of Object.entries(counts))
      known.counts[what] = (known.counts[what] ?? 0) + count;
    properties.set(key, { ...known, runs: known.runs + runs, seed: seed ?? known.seed });
  }
  return [...properties.values()].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

/** The properties as lines to print, by file. */
export function propertyTable(properties) {
  const lines = [];
  let file = "";
  for (const { file: at, name, runs, seed, counts } of properties) {
    if (at !== file) lines.push("", (file = at));
    const more = Object.entries(counts).map(([what, n]) => `; ${n.toLocaleString("en")} ${what}`);
    const tried = `${runs.toLocaleString("en").padStart(9)} runs, seed ${seed}: `;
    lines.push(`${runs > 0 ? tried : "    "}${name}${more.join("")}`);
  }
  return lines.join("\n");
}

/** Proofs that were tried on too few cases to be called so. */
export function thinProofs(properties) {
  return properties
    .filter(({ file, runs }) => PROOFS.includes(file) && runs > 0 && runs < FEWEST_RUNS)
    .map(({ file, name, runs }) => `${file}: ${name}: ${runs} runs, fewer than ${FEWEST_RUNS}`);
}
