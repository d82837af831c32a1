import { readIsoDate } from "../../lib/calendar-date.ts";
import type { FieldRule } from "./field-rule.ts";
import { narrowCode } from "./tidy-code.ts";

/** `1992-11-23`, `1992/1/3`, `1992.11.23`, `1992年11月23日`; spreadsheets may add midnight. */
const SEPARATED =
  /^(\d{4})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?(?:[T ]0{1,2}:00(?::00)?)?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;

/** Day of the calendar, stored as `YYYY-MM-DD`. Year first only: 3/4/2020 could be two days. */
export const dateRule: FieldRule = (text) => {
  const narrow = narrowCode(text);
  const parts = SEPARATED.exec(narrow) ?? COMPACT.exec(narrow);
  if (!parts) return { fault: "format" };
  const [, year = "", month = "", day = ""] = parts;
  const reading = readIsoDate(`${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`);
  if ("fault" in reading) return reading;
  return { value: reading.date, normalised: reading.date !== text };
};
