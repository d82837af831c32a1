import { report } from "../../../bench/lib/report.ts";
import type { Results, RoundFigures } from "../../../bench/lib/results.ts";
import { boundInWords, targetsOf, verdictOn } from "../../../bench/lib/targets.ts";

const round = (rate: number, p99 = 1): RoundFigures => ({
  rate,
  p50: 1,
  p99,
  cpuUs: 1,
  allocatedBytes: 1,
  databaseCpuUs: 1,
  answerBytes: 1,
  refused: 0,
});

const workload = (name: string, rounds: Record<string, RoundFigures[]>) => ({
  name,
  title: `title of ${name}`,
  connections: 16,
  rounds,
  sameAnswer: {},
});

function measured(sections: Record<string, unknown>): Results {
  return {
    machine: { node: "v24" },
    data: { customers: 100_000 },
    sections: Object.fromEntries(
      Object.entries(sections).map(([name, figures]) => [
        name,
        {
          figures,
          at: "2026-11-27T12:00:00.000Z",
          commit: "abc1234",
          size: "full",
          rounds: 2,
          seconds: 5,
          loadBefore: 0.1,
          loadAfter: 2,
        },
      ]),
    ),
  };
}

function verdicts(sections: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    targetsOf(measured(sections)).map((target) => [target.what, verdictOn(target)]),
  );
}

test("a target that nobody measured is not met", () => {
  const all = targetsOf(measured({}));
  expect(all.length).toBeGreaterThan(20);
  expect(new Set(all.map(verdictOn))).toEqual(new Set(["not measured"]));
});

test("a ratio is met from its bound on, and by how much it is missed is told", () => {
  const of = (custodia: number) =>
    verdicts({ W2: workload("W2", { floor: [round(100)], custodia: [round(custodia)] }) })[
      "W2 against the floor"
    ];
  expect(of(60)).toBe("met");
  expect(of(48)).toBe("missed by 20.0 %");
});

test("times are compared the other way round", () => {
  const of = (p99: number) =>
    verdicts({
      W3: workload("W3", { custodia: [round(1, p99)], "policy-off": [round(1, 10)] }),
    })["policy on against off, W3: p99"];
  expect(of(11)).toBe("met");
  expect(of(22)).toBe("missed by 100 %");
});

test("statements are counted in rows as well as against their bound", () => {
  const found = verdicts({ statements: { custodia: { W2: 2, W3: 5, "W2, 10 rows": 1 } } });
  expect(found["SQL statements of W2"]).toBe("met");
  expect(found["SQL statements of W3"]).toBe("missed by 25.0 %");
  expect(found["more SQL statements for 100 rows than for 10"]).toBe("missed by 1.00");
});

test("micro figures, import and start come from their sections", () => {
  const found = verdicts({
    micro: { planMs: 0.5, explainRatio: 4 },
    import: { rows: 1, whole: [9_000], told: [12_000] },
    start: { embedded: [1_500], onDatabase: [2_500] },
  });
  expect(found["a plan for a new caller at 100 rules"]).toBe("met");
  expect(found["explain against a verdict without plan"]).toBe("missed by 33.3 %");
  expect(found["import with sealing, one process, start included"]).toBe("missed by 10.0 %");
  expect(found["`npm start` to ready on the embedded database"]).toBe("met");
  expect(found["`custodia serve` to ready on the large database"]).toBe("missed by 25.0 %");
});

test("a bound is told with its unit", () => {
  expect(boundInWords({ wanted: { atLeast: 10_000 }, unit: "rows/s" })).toBe(">= 10,000 rows/s");
  expect(boundInWords({ wanted: { atMost: 1.1 }, unit: "" })).toBe("<= 1.1");
});

test("the report puts ratios first, every target in a line, and what people wrote behind them", () => {
  const results = measured({
    W2: workload("W2", { floor: [round(100)], custodia: [round(70)] }),
  });
  const text = report(results, "We tried.");
  const places = ["## Ratios", "## Targets", "We tried.", "## Workloads", "## Where and when"].map(
    (words) => text.indexOf(words),
  );
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places[0]).toBeGreaterThan(0);
  for (const { what } of targetsOf(results)) expect(text).toContain(`| ${what} |`);
  expect(text).toContain("| 0.70 (0.70–0.70) |");
  expect(text).not.toContain("smoke");
});

test("an answer that is not the peer's is told", () => {
  const other = workload("W2", { custodia: [round(1)], mercurius: [round(1)] });
  const text = report(measured({ W2: { ...other, sameAnswer: { mercurius: false } } }), "");
  expect(text).toContain("**NO**");
});
