import { inBytes, inDigits, inMilliseconds, withSpread } from "./figures.ts";
import { column, figuresOf, type GrownResult, type Results, type RoundFigures } from "./results.ts";
import { median, slopeOf, summarise } from "./statistics.ts";
import { markdownTable } from "./table.ts";

/** What users feel, and how things grow: the sections after the workloads. */
export function otherSections(results: Results): string {
  return [micro, growth, sweep, connection, overload, processes, soak, bulk]
    .map((part) => part(results))
    .filter((text) => text !== "")
    .join("\n\n");
}

type Micro = Readonly<Record<string, number>>;

/** What `policy-micro.ts` prints, and the names of it for people. */
const MICRO: readonly (readonly [name: string, words: string, unit: string])[] = [
  ["verdictConstantUs", "verdict with a cached plan, constant", "µs"],
  ["verdictConditionalUs", "verdict with a cached plan, conditional", "µs"],
  ["planMs", "a plan for a new caller", "ms"],
  ["planNextSecondMs", "the plan of a known caller in the next second", "ms"],
  ["w7PolicyMs", "1,000 rows × 20 fields, decided together", "ms"],
  ["w7FieldByFieldMs", "the same field by field", "ms"],
  ["explainUs", "explanation of a field of a row", "µs"],
  ["explainRatio", "that against a verdict without plan", "×"],
];

function micro(results: Results): string {
  const figures = figuresOf<Micro & { readonly timesTen?: Micro }>(results, "micro");
  if (figures === null) return "";
  const tenfold = figures.timesTen ?? {};
  const rows = MICRO.filter(([name]) => figures[name] !== undefined).map(([name, words, unit]) => [
    words,
    `${inDigits(figures[name] ?? Number.NaN)} ${unit}`,
    tenfold[name] === undefined ? "—" : `${inDigits(tenfold[name])} ${unit}`,
  ]);
  const [few, many] = [figures["rules"] ?? 100, tenfold["rules"] ?? 1_000].map((rules) =>
    rules.toLocaleString("en-US"),
  );
  return [
    "## Policy alone\n",
    "`policy-micro.ts`, in one process with warm code.\n",
    markdownTable(["", `${few} rules`, `${many} rules`], rows),
  ].join("\n");
}

function growth(results: Results): string {
  const figures = figuresOf<Readonly<Record<string, readonly GrownResult[]>>>(results, "growth");
  if (figures === null) return "";
  const rows = Object.entries(figures).flatMap(([name, grown]) =>
    grown.map(({ size, rounds }, at) => [
      at === 0 ? name : "",
      size.toLocaleString("en-US"),
      inMilliseconds(median(column(rounds, "p50"))),
      inDigits(median(column(rounds, "cpuUs"))),
      inBytes(median(column(rounds, "allocatedBytes"))),
    ]),
  );
  return [
    "## Ten times as much\n",
    "One request at a time: customers with the six fields of W2, 100 of them where rules and customers grow.\n",
    markdownTable(["grows", "size", "p50", "CPU µs", "allocated"], rows),
    "\n![growth](charts/growth.svg)",
  ].join("\n");
}

function sweep(results: Results): string {
  const figures = figuresOf<
    Readonly<Record<string, readonly { connections: number; round: RoundFigures }[]>>
  >(results, "sweep");
  if (figures === null) return "";
  const rows = (figures["custodia"] ?? []).map(({ connections, round }) => {
    const other = figures["floor"]?.find((one) => one.connections === connections)?.round;
    return [
      String(connections),
      inDigits(round.rate) +
        (round.refused > 0 ? `, ${inDigits(round.refused * 100)} % refused` : ""),
      inMilliseconds(round.p50),
      inMilliseconds(round.p99),
      inDigits(other?.rate ?? Number.NaN),
      inMilliseconds(other?.p99 ?? Number.NaN),
    ];
  });
  return [
    "## More connections\n",
    "W2.\n",
    markdownTable(
      ["connections", "requests/s", "p50", "p99", "floor requests/s", "floor p99"],
      rows,
    ),
    "\n![sweep](charts/sweep.svg)",
  ].join("\n");
}

interface Times {
  readonly p50: number;
  readonly p99: number;
}

function connection(results: Results): string {
  const figures = figuresOf<{ first: number; cold: Times; warm: Times; samples: number }>(
    results,
    "connection",
  );
  if (figures === null) return "";
  const { first, cold, warm, samples } = figures;
  return [
    "## The first answer on a new connection\n",
    `W1, one request at a time, ${samples} each in turns: on a new connection p50 ${inMilliseconds(cold.p50)}, p99 ${inMilliseconds(cold.p99)}; on an open one p50 ${inMilliseconds(warm.p50)}, p99 ${inMilliseconds(warm.p99)}. The very first request after a start took ${inMilliseconds(first)}.`,
  ].join("\n");
}

function overload(results: Results): string {
  const figures = figuresOf<{
    capacity: number;
    p99AtCapacity: number;
    offered: number;
    over: Times & {
      rate: number;
      accepted: number;
      refused: number;
      withoutRetryAfter: number;
      errors: number;
      statuses: Readonly<Record<string, number>>;
    };
    after: { rate: number; p99: number };
  }>(results, "overload");
  if (figures === null) return "";
  const { capacity, p99AtCapacity, offered, over, after } = figures;
  const all = over.accepted + over.refused + over.errors;
  const others = Object.entries(over.statuses)
    .filter(([status]) => status !== "200" && status !== "503")
    .map(([status, count]) => ` ${count} were answered ${status}.`);
  const rows = [
    ["at capacity, 64 connections", inDigits(capacity), inMilliseconds(p99AtCapacity), "0"],
    [
      `${inDigits(offered)} requests/s offered over 1,024 connections`,
      inDigits(over.rate),
      inMilliseconds(over.p99),
      `${over.refused.toLocaleString("en-US")} (${inDigits((100 * over.refused) / all)} %), ${over.withoutRetryAfter} of them without Retry-After`,
    ],
    ["afterwards, 64 connections", inDigits(after.rate), inMilliseconds(after.p99), "0"],
  ];
  return [
    "## Three times the capacity\n",
    `W2. What is not accepted is to be refused with 503 and Retry-After. ${over.errors} requests were not answered at all.${others.join("")}\n`,
    markdownTable(["", "accepted/s", "p99 of accepted", "refused"], rows),
  ].join("\n");
}

function processes(results: Results): string {
  const figures = figuresOf<{
    way: string;
    by: readonly { processes: number; workload: string; rate: number; p99: number }[];
  }>(results, "processes");
  if (figures === null) return "";
  const { way, by } = figures;
  const rows = by.map((one) => {
    const alone = by.find(
      ({ processes: count, workload }) => count === 1 && workload === one.workload,
    );
    return [
      one.workload,
      String(one.processes),
      inDigits(one.rate),
      `× ${inDigits(one.rate / (alone?.rate ?? Number.NaN))}`,
      inMilliseconds(one.p99),
    ];
  });
  const how =
    way === "WORKERS"
      ? "by the setting WORKERS"
      : "as servers beside each other, connections spread evenly";
  return [
    "## Several processes on one database\n",
    `64 connections; processes ${how}. Database and load run on the same cores.\n`,
    markdownTable(["", "processes", "requests/s", "against one", "p99"], rows),
  ].join("\n");
}

function soak(results: Results): string {
  const figures = figuresOf<{
    seconds: number;
    growth: number;
    load: Times & { rate: number; accepted: number };
    samples: readonly { second: number; rssBytes: number; heapBytes: number }[];
  }>(results, "soak");
  if (figures === null) return "";
  const { seconds, growth: factor, load, samples } = figures;
  const warm = samples.filter(({ second }) => second > seconds / 5);
  const { slope } = slopeOf(warm.map(({ second, rssBytes }) => [second / 60, rssBytes] as const));
  return [
    "## Memory\n",
    `W9 for ${seconds} s over 64 connections: ${load.accepted.toLocaleString("en-US")} requests, ${inDigits(load.rate)}/s, p99 ${inMilliseconds(load.p99)}. Resident memory at the end is × ${inDigits(factor)} of that after the first fifth; its trend since then is ${inBytes(slope)} a minute.\n`,
    "![memory](charts/memory.svg)",
  ].join("\n");
}

function bulk(results: Results): string {
  const imported = figuresOf<{ rows: number; rejected: number; whole: number[]; told: number[] }>(
    results,
    "import",
  );
  const start = figuresOf<{ embedded: number[]; onDatabase: number[] }>(results, "start");
  const lines = ["## Import and start\n"];
  if (imported !== null)
    lines.push(
      `- \`custodia import\` of ${imported.rows.toLocaleString("en-US")} rows into the filled database, of which checks refused ${imported.rejected.toLocaleString("en-US")}: ${withSpread(summarise(imported.whole))} rows/s from the start of the command to its end; ${withSpread(summarise(imported.told))} from the first row on.`,
    );
  if (start !== null)
    lines.push(
      `- From the start of the process to the line with the address: ${withSpread(summarise(start.embedded))} ms for \`npm start\` with its embedded database, ${withSpread(summarise(start.onDatabase))} ms for \`custodia serve\` on the filled one.`,
    );
  return lines.length === 1 ? "" : lines.join("\n");
}
