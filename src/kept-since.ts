import type { Retention } from "./audit/decision-columns.ts";
import type { FactOf } from "./policy/law/facts.ts";
import { lawOf, type LegalTime } from "./policy/law/law.ts";
import { STRICTEST } from "./policy/law/law-pack.ts";
import type { Policy } from "./policy/rule.ts";

/** What says how long records of each kind are kept; the longest time counts. */
const FACTS: Readonly<Record<Retention, readonly FactOf<"time">[]>> = {
  STANDARD: ["keep-decision-log", "keep-network-log"],
  PRIVATE: ["keep-decision-log", "keep-network-log", "keep-private-reading"],
};

/**
 * From when on decisions must be there still, by the longest time of all laws in force: one record may
 * be about people of several. Null where no law is known, and so nothing may go.
 *
 * @param at UTC
 */
export function keptSince(
  policy: Pick<Policy, "law">,
  at: Date,
): Readonly<Record<Retention, Date>> | null {
  const { law } = policy;
  if (law === undefined) return null;
  const places = [...law.values()].flatMap(({ covers }) => covers);
  const laws = [...places, STRICTEST].map((place) => lawOf(policy, place, at));
  const since = (retention: Retention): Date => {
    const times = laws.flatMap((one) => FACTS[retention].map((fact) => one.time(fact)));
    const limits = times.flatMap((time) => (time === null ? [] : [before(at, time).getTime()]));
    return new Date(Math.min(at.getTime(), ...limits));
  };
  return { STANDARD: since("STANDARD"), PRIVATE: since("PRIVATE") };
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Two weeks of holidays a year and more don't make a working day longer than this, in days. */
const DAYS_OF_A_WORKING_DAY = 2;

function before(at: Date, { value, unit }: LegalTime): Date {
  if (unit === "years" || unit === "months") {
    const months = unit === "years" ? 12 * value : value;
    const day = new Date(at);
    day.setUTCMonth(day.getUTCMonth() - months);
    return day;
  }
  const lengths = {
    minutes: MINUTE_MS,
    hours: HOUR_MS,
    days: DAY_MS,
    "working-days": DAYS_OF_A_WORKING_DAY * DAY_MS,
  };
  return new Date(at.getTime() - value * lengths[unit]);
}
