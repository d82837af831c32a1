import { charts } from "../../../bench/lib/charts.ts";
import { otherSections } from "../../../bench/lib/report-sections.ts";
import type { Results } from "../../../bench/lib/results.ts";

const round = {
  rate: 100,
  p50: 2,
  p99: 9,
  cpuUs: 400,
  allocatedBytes: 20_000,
  databaseCpuUs: 100,
  answerBytes: 5_000,
  refused: 0.25,
};
const grown = [10, 100].map((size) => ({ size, rounds: [{ ...round, p50: size / 10 }] }));

const FIGURES: Readonly<Record<string, unknown>> = {
  W2: {
    name: "W2",
    title: "many",
    connections: 16,
    rounds: { custodia: [round], floor: [round] },
    sameAnswer: {},
  },
  micro: { rules: 100, planMs: 0.5, explainRatio: 1.2, timesTen: { rules: 1_000, planMs: 0.6 } },
  growth: { rows: grown, rules: grown, customers: grown },
  sweep: {
    custodia: [1, 16].map((connections) => ({ connections, round })),
    floor: [{ connections: 1, round }],
  },
  connection: { first: 80, cold: { p50: 3, p99: 7 }, warm: { p50: 1, p99: 4 }, samples: 50 },
  overload: {
    capacity: 900,
    p99AtCapacity: 80,
    offered: 2_700,
    over: {
      rate: 850,
      p50: 50,
      p99: 120,
      accepted: 8_500,
      refused: 18_500,
      withoutRetryAfter: 0,
      errors: 3,
      statuses: { "200": 8_500, "503": 18_500, "500": 2 },
    },
    after: { rate: 890, p99: 85 },
  },
  processes: {
    way: "WORKERS",
    by: [1, 2].map((processes) => ({ processes, workload: "W2", rate: processes * 90, p99: 8 })),
  },
  soak: {
    seconds: 600,
    growth: 1.01,
    load: { rate: 500, accepted: 300_000, p50: 9, p99: 60 },
    samples: Array.from({ length: 20 }, (_, at) => ({
      second: at * 30,
      rssBytes: 2e8 + at * 1e5,
      heapBytes: 1e8,
    })),
  },
  import: { rows: 100_000, rejected: 12, whole: [9_000, 9_500], told: [10_000, 10_500] },
  start: { embedded: [1_500], onDatabase: [1_300, 1_400] },
};

function measured(names: readonly string[]): Results {
  const section = {
    at: "2026-11-27T12:00:00.000Z",
    commit: "abc1234",
    size: "full",
    rounds: 1,
    seconds: 5,
    loadBefore: 0.1,
    loadAfter: 0.2,
  };
  return {
    machine: {},
    data: {},
    sections: Object.fromEntries(
      names.map((name) => [name, { ...section, figures: FIGURES[name] }]),
    ),
  };
}

test("every section that was measured is told in figures, none in holes", () => {
  const text = otherSections(measured(Object.keys(FIGURES)));
  expect(text.match(/^## /gm)).toHaveLength(8);
  expect(text).not.toMatch(/NaN|undefined|Infinity|null/);
  for (const word of ["25.0 % refused", "18,500", "2 were answered 500", "× 2.00", "12"])
    expect(text).toContain(word);
});

test("what was not measured is left out", () => {
  expect(otherSections(measured([]))).toBe("");
  expect(otherSections(measured(["start"])).match(/^## /gm)).toHaveLength(1);
  expect(charts(measured([]))).toEqual({});
});

test("each chart of the report is drawn, and is whole", () => {
  const drawn = charts(measured(Object.keys(FIGURES)));
  expect(Object.keys(drawn)).toEqual([
    "w2.svg",
    "w2-cpu.svg",
    "growth.svg",
    "sweep.svg",
    "memory.svg",
  ]);
  for (const svg of Object.values(drawn)) {
    expect(svg).toMatch(/^<svg [\s\S]+<\/svg>\n$/);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  }
});
