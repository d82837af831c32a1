import Table from "cli-table3";
import type { Report } from "./suite.ts";

const WIDTHS = [4, 31, 40, 16, 58];

/** No lines between rows. */
const PLAIN = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };

/** The report as a table, with the number of verdicts below. */
export function inWords({ rows, requests }: Report): string {
  const table = new Table({
    head: ["#", "channel", "probe", "verdict", "why"],
    colWidths: WIDTHS,
    wordWrap: true,
    chars: PLAIN,
    style: { head: [], border: [] },
  });
  for (const { channel, probe, verdict, detail } of rows)
    table.push([channel.number, channel.name, probe, verdict, detail]);
  const numbers = Map.groupBy(rows, ({ verdict }) => verdict);
  const counted = ["open", "closed", "does not apply", "measured"].map(
    (verdict) => `${numbers.get(verdict as never)?.length ?? 0} ${verdict}`,
  );
  return `${table.toString()}\n${counted.join(", ")}; ${requests} requests`;
}
