import { barChart, lineChart } from "./chart.ts";
import { SHORT } from "./report.ts";
import {
  column,
  figuresOf,
  type GrownResult,
  type Results,
  type RoundFigures,
  type WorkloadResult,
} from "./results.ts";
import { median, summarise } from "./statistics.ts";

/** Every chart of what was measured, by the name of its file. */
export function charts(results: Results): Record<string, string> {
  return Object.fromEntries(
    Object.entries({
      "w2.svg": workloadBars(results, {
        name: "W2",
        part: "rate",
        title: "W2, requests per second",
      }),
      "w3.svg": workloadBars(results, {
        name: "W3",
        part: "rate",
        title: "W3, requests per second",
      }),
      "w2-cpu.svg": workloadBars(results, {
        name: "W2",
        part: "cpuUs",
        title: "W2, CPU of the server for a request",
      }),
      "growth.svg": growthLines(results),
      "sweep.svg": sweepLines(results),
      "memory.svg": memoryLines(results),
    }).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}

function workloadBars(
  results: Results,
  { name, part, title }: { name: string; part: keyof RoundFigures; title: string },
): string | null {
  const figures = figuresOf<WorkloadResult>(results, name);
  if (figures === null) return null;
  const unit = part === "cpuUs" ? "µs" : "/s";
  const bars = Object.entries(figures.rounds).map(([peer, rounds]) => {
    const { median: value, least, most } = summarise(column(rounds, part));
    return { label: SHORT[peer] ?? peer, value, least, most, isOurs: peer === "custodia" };
  });
  return barChart({ title, unit, bars });
}

function growthLines(results: Results): string | null {
  const figures = figuresOf<Readonly<Record<string, readonly GrownResult[]>>>(results, "growth");
  if (figures === null) return null;
  const lines = Object.entries(figures).map(([label, grown]) => {
    const [first] = grown;
    const base = median(column(first?.rounds, "p50"));
    return {
      label: `${label} from ${first?.size.toLocaleString("en-US") ?? ""}`,
      points: grown.map(
        ({ size, rounds }) =>
          [size / (first?.size ?? 1), median(column(rounds, "p50")) / base] as const,
      ),
    };
  });
  const [title, across, up] = [
    "Cost of a request as things grow",
    "times as many",
    "times the p50",
  ];
  return lineChart({ title, across, up, lines });
}

function sweepLines(results: Results): string | null {
  const figures = figuresOf<
    Readonly<Record<string, readonly { connections: number; round: RoundFigures }[]>>
  >(results, "sweep");
  if (figures === null) return null;
  const lines = Object.entries(figures).map(([label, swept]) => ({
    label,
    points: swept.map(({ connections, round }) => [connections, round.rate] as const),
  }));
  return lineChart({
    title: "W2 by connections",
    across: "connections",
    up: "requests/s",
    isLogarithmic: true,
    lines,
  });
}

function memoryLines(results: Results): string | null {
  const figures = figuresOf<{
    samples: readonly { second: number; rssBytes: number; heapBytes: number }[];
  }>(results, "soak");
  if (figures === null) return null;
  const line = (label: string, part: "rssBytes" | "heapBytes") => ({
    label,
    points: figures.samples.map((sample) => [sample.second, sample[part] / 1e6] as const),
  });
  return lineChart({
    title: "Memory of the server under W9",
    across: "seconds",
    up: "MB",
    lines: [line("resident", "rssBytes"), line("heap", "heapBytes")],
  });
}
