import { type ErrorCode, type ErrorExtras, ERRORS, PublicError } from "../errors.ts";

/** RFC 9457 section 3; `type` can be followed to a description of the code. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ErrorCode;
  readonly requestId: string;
  readonly [extra: string]: ErrorExtras[string];
}

export const PROBLEM_JSON = "application/problem+json; charset=utf-8";

/** The answer to a request that is not for GraphQL and cannot be met. */
export function problemOf(refusal: PublicError, requestId: string): Problem {
  return {
    ...refusal.extras,
    type: `/problems/${refusal.code}`,
    title: ERRORS[refusal.code].message,
    status: refusal.status,
    code: refusal.code,
    requestId,
  };
}

/** What GraphQL clients read: the same refusal as an answer without data. */
export function graphqlRefusalOf(refusal: PublicError, requestId: string): object {
  const extensions = { ...refusal.extras, code: refusal.code, requestId };
  return { errors: [{ message: ERRORS[refusal.code].message, extensions }] };
}

/** What AuthZEN clients read: the message, and the member of theirs that it is about. */
export function messageOf({ code, extras }: PublicError): string {
  const { field } = extras;
  return typeof field === "string" ? `${ERRORS[code].message} (${field})` : ERRORS[code].message;
}

/** Turns whatever Fastify or our own code threw into a refusal of the table. */
export function refusalFor(error: unknown): PublicError {
  if (error instanceof PublicError) return error;
  const status =
    typeof error === "object" && error !== null && "statusCode" in error
      ? error.statusCode
      : undefined;
  return new PublicError(codeForStatus(status), {}, { cause: error });
}

function codeForStatus(status: unknown): ErrorCode {
  if (status === 404) return "NOT_FOUND";
  if (status === 405) return "METHOD_NOT_ALLOWED";
  if (status === 413) return "PAYLOAD_TOO_LARGE";
  if (status === 415) return "UNSUPPORTED_MEDIA_TYPE";
  if (status === 503) return "SERVICE_UNAVAILABLE";
  const isCallersFault = typeof status === "number" && status >= 400 && status < 500;
  return isCallersFault ? "BAD_REQUEST" : "INTERNAL_SERVER_ERROR";
}
