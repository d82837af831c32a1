import { inDigits, withSpread } from "./figures.ts";
import { otherSections } from "./report-sections.ts";
import {
  column,
  columnOf,
  figuresOf,
  type MeasuredSection,
  type Results,
  type RoundFigures,
  type WorkloadResult,
} from "./results.ts";
import { median, ratioOfRounds, summarise } from "./statistics.ts";
import { markdownTable } from "./table.ts";
import { boundInWords, targetsOf, verdictOn } from "./targets.ts";

/** Names of who answers, as they head a column. */
export const SHORT: Readonly<Record<string, string>> = {
  floor: "floor",
  custodia: "custodia",
  "policy-off": "policy off",
  postgraphile: "PostGraphile",
  shield: "shield",
  middleware: "middleware",
  mercurius: "Mercurius",
};

/**
 * RESULTS.md of everything that was measured.
 *
 * @param reading what people write about it; comes after the targets
 */
export function report(results: Results, reading: string): string {
  return [
    "# What a request costs\n",
    "Written by `npm run bench`; not by hand but for *Reading*. Read the ratios: absolute figures belong to the machine. What is measured, and how, stands in [README.md](README.md).\n",
    ...warnings(results),
    "## Ratios\n",
    "Requests per second of custodia, everything on, against each of them, in turns in one run. Median of the rounds, and the least and greatest of them. Above 1 custodia answers more.\n",
    ratios(results),
    "\nThe same of the CPU that the server's process used for a request: theirs against custodia's. Above 1 custodia needs less.\n",
    ratios(results, "cpuUs"),
    "\n![W2](charts/w2.svg)\n",
    "## Targets\n",
    targets(results),
    ...(reading === "" ? [] : [`\n## Reading\n\n${reading.trim()}`]),
    "\n## Workloads\n",
    workloads(results),
    "\n![CPU of W2](charts/w2-cpu.svg)\n\n![W3](charts/w3.svg)\n",
    otherSections(results),
    "\n## Where and when\n",
    circumstances(results),
  ]
    .join("\n")
    .concat("\n");
}

function warnings({ sections }: Results): string[] {
  const all = Object.values(sections);
  const lines: string[] = [];
  if (all.some(({ size }) => size === "smoke"))
    lines.push(
      "> Some of this comes from a *smoke* run: little data, one short round. It shows that everything runs, and no speed.\n",
    );
  if (all.some(({ loadBefore }) => loadBefore > 1.5))
    lines.push(
      "> The machine did other work meanwhile (load average above 1.5 before a section began). Ratios of one run stand it better than anything else does.\n",
    );
  return lines;
}

function ratios(results: Results, part: "rate" | "cpuUs" = "rate"): string {
  const rows = ["W1", "W2", "W3"].flatMap((workload) => {
    const measured = figuresOf<WorkloadResult>(results, workload);
    if (measured === null) return [];
    const cells = OTHERS.map((peer) => {
      const ours = columnOf(results, { workload, peer: "custodia", part });
      const theirs = columnOf(results, { workload, peer, part });
      const [above, below] = part === "rate" ? [ours, theirs] : [theirs, ours];
      return withSpread(ratioOfRounds(above, below));
    });
    return [[`${workload}: ${measured.title}`, ...cells]];
  });
  return markdownTable(["custodia against", ...OTHERS.map((peer) => SHORT[peer] ?? peer)], rows);
}

const OTHERS = Object.keys(SHORT).filter((peer) => peer !== "custodia");

function targets(results: Results): string {
  const rows = targetsOf(results).map((target) => [
    target.what,
    boundInWords(target),
    target.figure === null
      ? "—"
      : `${target.spread === undefined ? inDigits(target.figure) : withSpread(target.spread)}${target.unit === "" ? "" : ` ${target.unit}`}`,
    verdictOn(target),
  ]);
  return markdownTable(["", "target", "measured", ""], rows);
}

function workloads(results: Results): string {
  const statements = figuresOf<Readonly<Record<string, Readonly<Record<string, number>>>>>(
    results,
    "statements",
  );
  const rows = Object.values(results.sections)
    .map(({ figures }) => figures as WorkloadResult)
    .filter((figures) => typeof figures?.title === "string")
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, title, connections, rounds, sameAnswer }) =>
      Object.entries(rounds).map(([peer, its], at) => [
        at === 0 ? `**${name}** ${title}; ${connections} connections` : "",
        SHORT[peer] ?? peer,
        withSpread(summarise(column(its, "rate"))) + refusedIn(its),
        inDigits(median(column(its, "p50"))),
        inDigits(median(column(its, "p99"))),
        inDigits(median(column(its, "cpuUs"))),
        inDigits(median(column(its, "databaseCpuUs"))),
        inDigits(median(column(its, "allocatedBytes")) / 1_000),
        inDigits(median(column(its, "answerBytes")) / 1_000),
        statementsIn(statements?.[peer]?.[name === "W2b" ? "W2" : name]),
        same(sameAnswer[peer]),
      ]),
    );
  return markdownTable(
    [
      "",
      "",
      "requests/s",
      "p50 ms",
      "p99 ms",
      "CPU µs",
      "database CPU µs",
      "allocated kB",
      "answer kB",
      "SQL",
      "same answer",
    ],
    rows,
  );
}

function refusedIn(rounds: readonly RoundFigures[]): string {
  const part = median(column(rounds, "refused"));
  return part > 0 ? `, ${inDigits(part * 100)} % refused` : "";
}

function statementsIn(count: number | undefined): string {
  return count === undefined ? "—" : inDigits(count);
}

function same(isSame: boolean | null | undefined): string {
  if (isSame === undefined) return "";
  if (isSame === null) return "unmasked";
  return isSame ? "yes" : "**NO**";
}

function circumstances({ machine, data, sections }: Results): string {
  const lines = Object.entries(machine).map(([name, value]) => `- ${name}: ${value}`);
  const rows = Object.entries(data).map(
    ([name, count]) => `${count.toLocaleString("en-US")} ${name}`,
  );
  const table = Object.entries(sections).map(([name, section]) => [
    name,
    section.at.slice(0, 16).replace("T", " "),
    section.commit,
    howMuch(section),
    `${inDigits(section.loadBefore)} → ${inDigits(section.loadAfter)}`,
  ]);
  return [
    ...lines,
    `- data: ${rows.join(", ")}`,
    "",
    markdownTable(["section", "measured (UTC)", "commit", "rounds", "load average"], table),
  ].join("\n");
}

function howMuch({ size, rounds, seconds }: MeasuredSection): string {
  return `${size}, ${rounds} × ${seconds} s`;
}
