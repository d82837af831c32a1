import { inDigits } from "./figures.ts";
import {
  column,
  columnOf,
  figuresOf,
  type GrownResult,
  type Results,
  type RoundFigures,
} from "./results.ts";
import { median, ratioOfRounds, type Summary } from "./statistics.ts";

/** One target with its figure; null where it was not measured. */
export interface Target {
  readonly what: string;
  readonly wanted: { readonly atLeast: number } | { readonly atMost: number };
  readonly unit: string;
  readonly figure: number | null;
  readonly spread?: Summary;
}

/** Every target of the issue, reckoned from what was measured. */
export function targetsOf(results: Results): Target[] {
  return [
    ...ratioTargets(results),
    ...policyTargets(results),
    ...ownRatioTargets(results),
    ...statementTargets(results),
    ...growthTargets(results),
    ...longTargets(results),
  ];
}

/** `met`, `missed by 12 %`, or `not measured`. */
export function verdictOn({ wanted, figure }: Target): string {
  if (figure === null || !Number.isFinite(figure)) return "not measured";
  const isLeast = "atLeast" in wanted;
  const bound = isLeast ? wanted.atLeast : wanted.atMost;
  if (isLeast ? figure >= bound : figure <= bound) return "met";
  if (bound === 0) return `missed by ${inDigits(figure)}`;
  const missed = isLeast ? 1 - figure / bound : figure / bound - 1;
  return `missed by ${inDigits(missed * 100)} %`;
}

/** A bound in words, such as `>= 0.60`. */
export function boundInWords({ wanted, unit }: Pick<Target, "wanted" | "unit">): string {
  const [sign, bound] = "atLeast" in wanted ? [">=", wanted.atLeast] : ["<=", wanted.atMost];
  const digits = bound >= 1_000 ? bound.toLocaleString("en-US") : String(bound);
  return `${sign} ${digits}${unit === "" ? "" : ` ${unit}`}`;
}

type Part = keyof RoundFigures;

function ratio(
  results: Results,
  [above, below]: readonly (readonly [workload: string, peer: string])[],
  part: Part = "rate",
): Pick<Target, "figure" | "spread"> {
  const [first, second] = [above, below].map((of) =>
    columnOf(results, { workload: of?.[0] ?? "", peer: of?.[1] ?? "", part }),
  );
  const spread = ratioOfRounds(first ?? [], second ?? []);
  return spread.count === 0 ? { figure: null } : { figure: spread.median, spread };
}

function ratioTargets(results: Results): Target[] {
  const against = (peer: string, what: string, atLeast: number): Target => ({
    what: `W2 against ${what}`,
    wanted: { atLeast },
    unit: "",
    ...ratio(results, [
      ["W2", "custodia"],
      ["W2", peer],
    ]),
  });
  return [
    against("floor", "the floor", 0.6),
    against("postgraphile", "PostGraphile with rules", 2),
    against("shield", "graphql-shield on the same stack", 5),
    against("middleware", "a middleware on the same stack", 5),
    ...["W2", "W3"].flatMap((workload): Target[] => {
      const pair = [
        [workload, "custodia"],
        [workload, "policy-off"],
      ] as const;
      return [
        {
          what: `policy on against off, ${workload}: throughput`,
          wanted: { atLeast: 0.95 },
          unit: "",
          ...ratio(results, pair),
        },
        {
          what: `policy on against off, ${workload}: p99`,
          wanted: { atMost: 1.1 },
          unit: "",
          ...ratio(results, pair, "p99"),
        },
      ];
    }),
  ];
}

function policyTargets(results: Results): Target[] {
  const micro = figuresOf<Readonly<Record<string, number>>>(results, "micro");
  const target = (what: string, name: string, bound: readonly [number, string]): Target => ({
    what,
    wanted: { atMost: bound[0] },
    unit: bound[1],
    figure: micro?.[name] ?? null,
  });
  return [
    target("policy time for 20,000 fields (W7) at 100 rules", "w7PolicyMs", [3, "ms"]),
    target("verdict with a cached plan, constant", "verdictConstantUs", [0.2, "µs"]),
    target("verdict with a cached plan, conditional", "verdictConditionalUs", [1, "µs"]),
    target("a plan for a new caller at 100 rules", "planMs", [1, "ms"]),
    target("explain against a verdict without plan", "explainRatio", [3, "×"]),
  ];
}

function ownRatioTargets(results: Results): Target[] {
  return [
    {
      what: "W6 against W2, the log durable",
      wanted: { atLeast: 0.5 },
      unit: "",
      ...ratio(results, [
        ["W6", "custodia"],
        ["W2b", "custodia"],
      ]),
    },
    {
      what: "W5 against its first page",
      wanted: { atLeast: 0.9 },
      unit: "",
      ...ratio(results, [
        ["W5", "custodia"],
        ["W5a", "custodia"],
      ]),
    },
  ];
}

function statementTargets(results: Results): Target[] {
  const all = figuresOf<Readonly<Record<string, Readonly<Record<string, number>>>>>(
    results,
    "statements",
  );
  const ours = all?.["custodia"];
  const [hundred, ten] = [ours?.["W2"], ours?.["W2, 10 rows"]];
  const unit = "statements";
  return [
    { what: "SQL statements of W2", wanted: { atMost: 2 }, unit, figure: hundred ?? null },
    { what: "SQL statements of W3", wanted: { atMost: 4 }, unit, figure: ours?.["W3"] ?? null },
    {
      what: "more SQL statements for 100 rows than for 10",
      wanted: { atMost: 0 },
      unit,
      figure: hundred === undefined || ten === undefined ? null : Math.max(0, hundred - ten),
    },
  ];
}

function growthTargets(results: Results): Target[] {
  const growth = figuresOf<Readonly<Record<string, readonly GrownResult[]>>>(results, "growth");
  const last = (name: string): number | null => {
    const grown = growth?.[name];
    const [before, after] = grown?.slice(-2) ?? [];
    if (before === undefined || after === undefined) return null;
    const byRounds = ratioOfRounds(column(after.rounds, "p50"), column(before.rounds, "p50"));
    return byRounds.median;
  };
  return [
    {
      what: "cost of 1,000 rows against 100 (10 is linear)",
      wanted: { atMost: 10 },
      unit: "×",
      figure: last("rows"),
    },
    {
      what: "cost at ten times the rules",
      wanted: { atMost: 1.1 },
      unit: "×",
      figure: last("rules"),
    },
    {
      what: "cost at ten times the customers",
      wanted: { atMost: 1.1 },
      unit: "×",
      figure: last("customers"),
    },
  ];
}

function longTargets(results: Results): Target[] {
  const soak = figuresOf<{ growth: number; seconds: number }>(results, "soak");
  const imported = figuresOf<{ whole: readonly number[] }>(results, "import");
  const start = figuresOf<{ embedded: readonly number[]; onDatabase: readonly number[] }>(
    results,
    "start",
  );
  const seconds = (times: readonly number[] | undefined): number | null =>
    times === undefined ? null : median(times) / 1_000;
  return [
    {
      what: `memory under W9${soak === null ? "" : ` for ${soak.seconds} s`}, end against after warm-up`,
      wanted: { atMost: 1.1 },
      unit: "×",
      figure: soak?.growth ?? null,
    },
    {
      what: "import with sealing, one process, start included",
      wanted: { atLeast: 10_000 },
      unit: "rows/s",
      figure: imported === null ? null : median(imported.whole),
    },
    {
      what: "`npm start` to ready on the embedded database",
      wanted: { atMost: 2 },
      unit: "s",
      figure: seconds(start?.embedded),
    },
    {
      what: "`custodia serve` to ready on the large database",
      wanted: { atMost: 2 },
      unit: "s",
      figure: seconds(start?.onDatabase),
    },
  ];
}
