import { Arg, Ctx, Int, Query, Resolver } from "type-graphql";
import { FACETS } from "../audit/decision-columns.ts";
import { Timestamp } from "../classification/scalars.ts";
import type { DenialBucket, DenialCount } from "../database/denial-counts.ts";
import { ERRORS, publicError } from "../errors.ts";
import { askedType } from "../evaluation/asked-type.ts";
import { readTime } from "../evaluation/read-time.ts";
import type { RequestContext } from "../graphql/context.ts";
import { timeTest } from "./decision-search.ts";
import { DenialAnalysis, DenialBy, type DenialLine, DenialPeriod } from "./denials.types.ts";
import { noteQuestion } from "./note-question.ts";

/** Records whose texts are opened: about a second of the database's work. */
const MOST_RECORDS = 20_000;
const MOST_WORDS = 50;
const MOST_DAYS = 366;
const DAY_MS = 86_400_000;

/** Many records are opened and counted. */
const COST = 20_000;

@Resolver()
export class DenialsResolver {
  @Query(() => DenialAnalysis, {
    complexity: COST,
    description:
      "For auditors: what was denied most in the records that they see, by rule, field, role, purpose and reason over time; in the newest 20,000 records with a denial of the time at the most.",
  })
  async denials(
    @Arg("from", () => Timestamp, { description: "From this time on." }) from: string,
    @Arg("to", () => Timestamp, { description: "Before this time, a year later at the most." })
    to: string,
    @Arg("by", () => [DenialBy], {
      defaultValue: Object.values(DenialBy),
      description: "By what it is counted.",
    })
    by: DenialBy[],
    @Arg("bucket", () => DenialPeriod, {
      defaultValue: DenialPeriod.WEEK,
      description: "In which lengths of time it is counted.",
    })
    bucket: DenialPeriod,
    @Arg("top", () => Int, { defaultValue: 10, description: "Words of each kind, 50 at the most." })
    top: number,
    @Ctx() context: RequestContext,
  ): Promise<DenialAnalysis> {
    askedType({ context, name: "Decision", argument: "by" });
    checkBounds({ from, to, by, top });
    const words = [FACETS.disclosure("NONE"), ...Object.keys(ERRORS).map(FACETS.refusal)];
    const { counts, records, since } = await context.rows.countDenials({
      filter: { and: [{ facets: { overlaps: words } }, timeTest({ from, to })] },
      by: [...new Set(by)],
      bucket: bucket.toLowerCase() as DenialBucket,
      top,
      atMost: MOST_RECORDS + 1,
    });
    noteQuestion(context, { operation: "denials", found: records });
    const isCapped = records > MOST_RECORDS;
    return { records: Math.min(records, MOST_RECORDS), isCapped, since, lines: linesOf(counts) };
  }
}

function checkBounds({
  from,
  to,
  by,
  top,
}: {
  from: string;
  to: string;
  by: readonly DenialBy[];
  top: number;
}): void {
  const days = (readTime(to, "to").getTime() - readTime(from, "from").getTime()) / DAY_MS;
  if (days <= 0) throw publicError("BAD_USER_INPUT", { field: "to" });
  if (days > MOST_DAYS) throw publicError("QUERY_TOO_COMPLEX", { limit: "days", max: MOST_DAYS });
  if (by.length === 0) throw publicError("BAD_USER_INPUT", { field: "by" });
  if (top < 1 || top > MOST_WORDS) throw publicError("BAD_USER_INPUT", { field: "top" });
}

/** The counts come word by word, the most frequent first. */
function linesOf(counts: readonly DenialCount[]): DenialLine[] {
  const lines = new Map<string, DenialLine>();
  for (const { by, word, from, denials, rows } of counts) {
    const key = `${by} ${word}`;
    const line = lines.get(key) ?? { by: DenialBy[by], word, denials: 0, rows: 0, periods: [] };
    line.denials += denials;
    line.rows += rows;
    line.periods.push({ from, denials });
    lines.set(key, line);
  }
  return [...lines.values()];
}
