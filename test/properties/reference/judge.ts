import type { AskerFacts, CustomerFacts } from "./facts.ts";
import { FIELDS, type FieldFacts, shownAt } from "./fields.ts";
import { jointlyOf } from "./jointly.ts";
import { isAbove, type Level } from "./levels.ts";
import { givenOf, givenOfTransfers } from "./matrix.ts";
import { type Question, STOPS } from "./stops.ts";

/** What must be answered about a field. */
export interface Judgement {
  readonly level: Level;
  /** Reasons of which one must be given: those of the stops, or null for what the matrix itself says. */
  readonly stoppedBy: readonly string[] | null;
}

/** Reasons that say that the matrix gives no more, and not that something stops it. */
export const REASONS_OF_THE_MATRIX = [
  "CLASS_SENSITIVE",
  "CLASS_PRIVATE",
  "NO_CASE",
  "NOT_LISTED",
  "NO_GRANT",
  "PURPOSE_LIMITS",
];

/** What must be answered about one field of a customer, or of an event of that customer. */
export function judge(field: FieldFacts, asker: AskerFacts, customer: CustomerFacts): Judgement {
  const { level, stoppedBy } = judgeAlone(field, asker, customer);
  // An event has no field of these names, and a field in clear is left so.
  const lower = jointlyOf(field.name).filter(({ beside, from, most }) => {
    const other = FIELDS["Customer"]?.get(beside);
    if (other === undefined || level === "CLEAR") return false;
    const given = judgeAlone(other, asker, customer).level;
    return !isAbove(from, given) && isAbove(level, most);
  });
  const [first] = lower;
  return first === undefined
    ? { level: shownAt(field, level), stoppedBy }
    : { level: shownAt(field, first.most), stoppedBy: ["JOINTLY_TELLING"] };
}

/** The same by what is said of the field alone, whether or not it can show that much. */
function judgeAlone(field: FieldFacts, asker: AskerFacts, customer: CustomerFacts): Judgement {
  const question: Question = { asker, customer, field };
  const given = givenOf(field, asker, customer);
  const caps = STOPS.filter((stop) => stop.meets(question)).map((stop) => ({
    ...stop,
    cap: typeof stop.cap === "function" ? stop.cap(question) : stop.cap,
  }));
  const lowest = caps.reduce<Level>((low, { cap }) => (isAbove(low, cap) ? cap : low), "CLEAR");
  // A stop at the level that is given anyway is the reason as well (decision 0003).
  if (caps.length === 0 || isAbove(lowest, given)) return { level: given, stoppedBy: null };
  const deciding = caps.filter(({ cap }) => cap === lowest);
  const earliest = Math.min(...deciding.map(({ step }) => step));
  const reasons = deciding.filter(({ step }) => step === earliest).map(({ reason }) => reason);
  return { level: lowest, stoppedBy: reasons };
}

/** What must be answered about one field of a transfer or of an item. */
export function judgeTransfer(field: FieldFacts, asker: AskerFacts): Judgement {
  const given = givenOfTransfers(asker);
  if (asker.isMachine && !asker.scopes.includes("transfers:read"))
    return { level: "NONE", stoppedBy: ["SCOPE_MISSING"] };
  return { level: shownAt(field, given), stoppedBy: null };
}

/** Whether the reason that was given is one that must be. */
export function isRightReason({ stoppedBy }: Judgement, reason: string | null): boolean {
  return (stoppedBy ?? REASONS_OF_THE_MATRIX).includes(reason ?? "");
}
