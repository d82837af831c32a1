import { publicError } from "../errors.ts";

/** RFC 3339 section 5.6; `Date` alone would take far more, and read some of it in local time. */
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a point in time of a question.
 *
 * @throws BAD_USER_INPUT naming the field
 */
export function readTime(text: string, field: string): Date {
  const time = new Date(DATE_TIME.test(text) ? text : Number.NaN);
  if (Number.isNaN(time.getTime())) throw publicError("BAD_USER_INPUT", { field });
  return time;
}
