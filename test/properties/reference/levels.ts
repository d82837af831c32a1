/** How much of a value is given, least first. */
export const LEVELS = ["NONE", "EXISTS", "TOKEN", "COARSE", "PARTIAL", "CLEAR"] as const;

/** One of them. */
export type Level = (typeof LEVELS)[number];

/** The letters of the matrix. */
const LETTERS: Readonly<Record<string, Level>> = {
  A: "CLEAR",
  p: "PARTIAL",
  "1": "PARTIAL",
  "4": "PARTIAL",
  r: "COARSE",
  y: "COARSE",
  b: "COARSE",
  c: "COARSE",
  t: "TOKEN",
  e: "EXISTS",
  D: "NONE",
};

/** The level that a cell of the matrix stands for. */
export function levelOf(letter: string): Level {
  const level = LETTERS[letter];
  if (level === undefined) throw new Error(`The matrix has no letter ${letter}.`);
  return level;
}

const HEIGHTS = new Map<Level, number>(LEVELS.map((level, height) => [level, height]));

/** Whether one level gives more than the other. */
export function isAbove(one: Level, other: Level): boolean {
  return (HEIGHTS.get(one) ?? NaN) > (HEIGHTS.get(other) ?? NaN);
}

/** The words of each line of a table, without its heading. */
export function linesOf(table: string): string[][] {
  const lines = table
    .trim()
    .split("\n")
    .map((line) => line.split("|").map((cell) => cell.trim()));
  return lines.slice(1);
}
