import { FULL_MASK } from "../shape.ts";

const BOUNDS = [0, 100, 1_000, 5_000, 10_000, 50_000, 100_000, 500_000, 1_000_000, 10_000_000];
const COUNT_BOUNDS = [0, 1, 5, 10, 50, 100, 500, 1_000];

/** The range that holds an amount, as `10000..50000` (lower bound included, upper one not). */
export function renderAmountRange(amount: string): string {
  return rangeWithin(BOUNDS, amount);
}

/** The range that holds a count of orders, as `10..50`. */
export function renderCountRange(count: string): string {
  return rangeWithin(COUNT_BOUNDS, count);
}

function rangeWithin(bounds: readonly number[], text: string): string {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) return FULL_MASK;
  if (value < 0) return "..0";
  const upper = bounds.findIndex((bound) => value < bound);
  if (upper === -1) return `${bounds.at(-1)}..`;
  return `${bounds[upper - 1]}..${bounds[upper]}`;
}
