/** Bars side by side, one below the other, each with its figure. */
export interface BarChart {
  readonly title: string;
  readonly unit: string;
  readonly bars: readonly {
    readonly label: string;
    readonly value: number;
    readonly least?: number;
    readonly most?: number;
    /** True for what the chart is about. */
    readonly isOurs?: boolean;
  }[];
}

/** Lines over one axis. */
export interface LineChart {
  readonly title: string;
  readonly across: string;
  readonly up: string;
  /** True where each step to the right is a doubling. */
  readonly isLogarithmic?: boolean;
  readonly lines: readonly {
    readonly label: string;
    readonly points: readonly (readonly [number, number])[];
  }[];
}

const WIDTH = 760;
const FONT = 'font-family="system-ui, sans-serif" font-size="13"';
const COLOURS = ["#0b6e99", "#c4572a", "#4a7c3a", "#7a4f9a", "#8a6d00", "#555555"];
const INK = "#24292f";
const FAINT = "#d0d7de";

/** Bars as a standalone SVG; white below, so that it can be read on dark pages too. */
export function barChart({ title, unit, bars }: BarChart): string {
  const left = 210;
  const step = 34;
  const top = 48;
  const height = top + bars.length * step + 14;
  const greatest = Math.max(...bars.map(({ value, most }) => Math.max(value, most ?? 0)), 1e-9);
  const scale = (WIDTH - left - 120) / greatest;
  const parts = bars.flatMap(({ label, value, least, most, isOurs = false }, at) => {
    const y = top + at * step;
    const middle = y + 11;
    const end = left + value * scale;
    const textAt = left + Math.max(value, most ?? 0) * scale + 8;
    return [
      text({ x: left - 10, y: middle + 4, words: label, anchor: "end" }),
      `<rect x="${left}" y="${y}" width="${fixed(Math.max(end - left, 1))}" height="22" fill="${isOurs ? COLOURS[0] : "#9aa7b2"}"/>`,
      ...(least === undefined || most === undefined
        ? []
        : [
            `<line x1="${fixed(left + least * scale)}" y1="${middle}" x2="${fixed(left + most * scale)}" y2="${middle}" stroke="${INK}"/>`,
          ]),
      text({ x: textAt, y: middle + 4, words: `${short(value)} ${unit}` }),
    ];
  });
  return framed(height, [text({ x: 16, y: 26, words: title, weight: "600" }), ...parts]);
}

/** Lines as a standalone SVG, with both axes beginning at zero unless the steps double. */
export function lineChart(chart: LineChart): string {
  const { title, across, up, lines, isLogarithmic = false } = chart;
  const [left, right, top, bottom] = [70, WIDTH - 170, 48, 330];
  const points = lines.flatMap((line) => line.points);
  const scaled = (x: number): number => (isLogarithmic ? Math.log2(Math.max(x, 1)) : x);
  const greatestX = Math.max(...points.map(([x]) => scaled(x)), 1e-9);
  const greatestY = Math.max(...points.map(([, y]) => y), 1e-9);
  const toX = (x: number): number => left + (scaled(x) / greatestX) * (right - left);
  const toY = (y: number): number => bottom - (y / greatestY) * (bottom - top);
  const ticks = [0, 0.25, 0.5, 0.75, 1].flatMap((part) => {
    const y = toY(part * greatestY);
    return [
      `<line x1="${left}" y1="${fixed(y)}" x2="${right}" y2="${fixed(y)}" stroke="${FAINT}"/>`,
      text({ x: left - 8, y: y + 4, words: short(part * greatestY), anchor: "end" }),
    ];
  });
  const columns = [...new Set(points.map(([x]) => x))].sort((a, b) => a - b);
  const named = columns.length > 10 ? columns.filter((_, at) => at % 5 === 0) : columns;
  const below = named.map((x) =>
    text({ x: toX(x), y: bottom + 20, words: short(x), anchor: "middle" }),
  );
  const drawn = lines.flatMap(({ label, points: its }, at) => {
    const colour = COLOURS[at % COLOURS.length];
    const path = its.map(([x, y]) => `${fixed(toX(x))},${fixed(toY(y))}`).join(" ");
    const dots = its.length > 40 ? [] : its;
    return [
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      ...dots.map(
        ([x, y]) => `<circle cx="${fixed(toX(x))}" cy="${fixed(toY(y))}" r="3" fill="${colour}"/>`,
      ),
      `<rect x="${right + 16}" y="${top + at * 22}" width="12" height="12" fill="${colour}"/>`,
      text({ x: right + 34, y: top + at * 22 + 11, words: label }),
    ];
  });
  const axes = [
    text({ x: (left + right) / 2, y: bottom + 42, words: across, anchor: "middle" }),
    text({ x: 16, y: 26, words: `${title} (${up})`, weight: "600" }),
  ];
  return framed(bottom + 58, [...ticks, ...below, ...drawn, ...axes]);
}

function framed(height: number, parts: readonly string[]): string {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" ${FONT} fill="${INK}">`;
  return `${[open, `<rect width="100%" height="100%" fill="#ffffff"/>`, ...parts, "</svg>"].join("\n")}\n`;
}

function text({
  x,
  y,
  words,
  anchor = "start",
  weight = "400",
}: {
  x: number;
  y: number;
  words: string;
  anchor?: string;
  weight?: string;
}): string {
  return `<text x="${fixed(x)}" y="${fixed(y)}" text-anchor="${anchor}" font-weight="${weight}">${escaped(words)}</text>`;
}

function escaped(words: string): string {
  return words
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

function fixed(value: number): string {
  return String(Math.round(value * 10) / 10);
}

function short(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString("en-US");
  return String(Math.round(value * 100) / 100);
}
