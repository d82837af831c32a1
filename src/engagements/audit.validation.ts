import { publicError } from "../errors.ts";
import { readText } from "../graphql/read-text.ts";
import { readIsoDate } from "../lib/calendar-date.ts";

const CODE = /^[A-Z0-9][A-Z0-9-]{2,62}$/;
const MOST_CRITERIA = 50;

/** @throws VALIDATION_FAILED unless it is a number of an audit */
export function readCode(code: string): string {
  if (!CODE.test(code)) throw publicError("VALIDATION_FAILED", { field: "code", fault: "format" });
  return code;
}

/** @throws VALIDATION_FAILED unless both are days, in this order */
export function readPeriod({ from, to }: { from: string; to: string }): [string, string] {
  const [first, last] = [dayIn("from", from), dayIn("to", to)];
  if (last < first) throw publicError("VALIDATION_FAILED", { field: "to", fault: "beforeFrom" });
  return [first, last];
}

/** @throws VALIDATION_FAILED, REASON_REQUIRED, MASKED_VALUE_REJECTED */
export function readCriteria(criteria: readonly string[]): string[] {
  expectNames("criteria", criteria, MOST_CRITERIA);
  return criteria.map((one) => readText("criteria", one));
}

/** @throws VALIDATION_FAILED where a list is empty, too long, or names something twice */
export function expectNames(field: string, names: readonly string[], most: number): void {
  const fault =
    names.length === 0
      ? "required"
      : new Set(names).size < names.length
        ? "repeated"
        : names.length > most
          ? "tooMany"
          : null;
  if (fault !== null) throw publicError("VALIDATION_FAILED", { field, fault });
}

function dayIn(field: string, text: string): string {
  const read = readIsoDate(text);
  if ("fault" in read) throw publicError("VALIDATION_FAILED", { field, fault: read.fault });
  return read.date;
}
