import { barChart, lineChart } from "../../../bench/lib/chart.ts";
import { markdownTable } from "../../../bench/lib/table.ts";

test("a table has a cell for every heading, and no cell breaks it", () => {
  expect(markdownTable(["a", "b"], [["x|y"], ["two\nlines", "2", "too many"]])).toBe(
    "| a | b |\n|---|---|\n| x\\|y |  |\n| two lines | 2 |",
  );
});

test("bars are as long as their figures are large", () => {
  const svg = barChart({
    title: "Rates",
    unit: "/s",
    bars: [
      { label: "half", value: 50 },
      { label: "whole", value: 100, least: 90, most: 100, isOurs: true },
    ],
  });
  const [half, whole] = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) =>
    Number(width),
  );
  expect(whole).toBeGreaterThan(100);
  expect((half ?? 0) * 2).toBeCloseTo(whole ?? 0, 0);
  expect(svg).toContain(">100 /s<");
});

test("lines rise to the top at their greatest figure, and doublings are evenly spaced", () => {
  const svg = lineChart({
    title: "Sweep",
    across: "connections",
    up: "requests/s",
    isLogarithmic: true,
    lines: [{ label: "ours", points: [1, 2, 4].map((x) => [x, x * 10] as const) }],
  });
  const points = /<polyline points="([^"]+)"/.exec(svg)?.[1]?.split(" ") ?? [];
  const xs = points.map((point) => Number(point.split(",")[0]));
  const ys = points.map((point) => Number(point.split(",")[1]));
  expect((xs[1] ?? 0) - (xs[0] ?? 0)).toBeCloseTo((xs[2] ?? 0) - (xs[1] ?? 0), 1);
  expect(Math.min(...ys)).toBe(48);
});

test("words in a chart can't become marks of it", () => {
  const svg = barChart({ title: `<b> & "c"`, unit: "", bars: [{ label: "<i>", value: 0 }] });
  expect(svg).toContain("&lt;b&gt; &amp; &quot;c&quot;");
  expect(svg).not.toContain("<i>");
});

test("a chart of nothing is still one", () => {
  expect(barChart({ title: "None", unit: "", bars: [] })).toMatch(/^<svg [\s\S]+<\/svg>\n$/);
  expect(lineChart({ title: "None", across: "", up: "", lines: [] })).not.toContain("NaN");
});
