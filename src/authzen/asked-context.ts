import { readTime } from "../evaluation/read-time.ts";
import type { AskedContext } from "./messages.ts";

/** A time to the minute, as the examples of the specification have it (section 5.4.1). */
const WITHOUT_SECONDS = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(Z|[+-]\d{2}:\d{2})$/;

/** For what something would be done, and when. */
export interface Circumstances {
  /** Null where none was named: nothing is permitted then. */
  readonly purpose: string | null;
  /** Null for now. */
  readonly time: Date | null;
}

/**
 * What of a request's context decides (section 5.4): `purpose` and `time`.
 *
 * @throws BAD_USER_INPUT for a time that is none
 */
export function readCircumstances(context: AskedContext): Circumstances {
  const text = context?.time ?? null;
  return {
    purpose: context?.purpose ?? null,
    time: text === null ? null : readTime(text.replace(WITHOUT_SECONDS, "$1:00$2"), "context.time"),
  };
}
