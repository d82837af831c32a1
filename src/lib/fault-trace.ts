import { types } from "node:util";

/** What our log may hold of an error: where it happened, and nothing that it says. */
export interface FaultTrace {
  readonly type: string;
  /** Code of a driver or of the system, such as `23505` or `ECONNREFUSED`. */
  readonly code?: string;
  /** Places in our code, innermost first. */
  readonly at: readonly string[];
  readonly cause?: FaultTrace;
}

const MOST_PLACES = 12;
const DEEPEST_CAUSE = 4;

/**
 * Describes an error without its message: messages of drivers, parsers and scalars repeat the
 * values that they were given.
 */
export function faultTrace(fault: unknown, depth = 0): FaultTrace {
  if (!types.isNativeError(fault)) return { type: typeof fault, at: [] };
  const code = "code" in fault ? fault.code : undefined;
  return {
    type: fault.constructor.name,
    ...(typeof code === "string" && /^\w{1,40}$/.test(code) && { code }),
    at: placesIn(fault),
    ...(fault.cause !== undefined &&
      depth < DEEPEST_CAUSE && {
        cause: faultTrace(fault.cause, depth + 1),
      }),
  };
}

/** The frames of a stack; what stands before them is the message, which may imitate a frame. */
function placesIn({ stack = "", message }: Error): string[] {
  const frames = stack.slice(stack.indexOf(message) + message.length);
  const places = frames.matchAll(
    /^ {4}at (?:.*\()?((?:file:|node:|\/|[A-Z]:\\)[^\s()]+:\d+:\d+)\)?$/gm,
  );
  return Array.from(places, ([, place = ""]) => place).slice(0, MOST_PLACES);
}
