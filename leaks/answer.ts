/** An answer with what can be told of it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The body; JSON in one spelling, so that escapes hide nothing. */
  readonly text: string;
  readonly body: {
    readonly data?: unknown;
    readonly errors?: readonly { message?: string; extensions?: Record<string, unknown> }[];
    readonly extensions?: unknown;
  };
  readonly elapsedMs: number;
}

/** Reads a response whole. */
export async function answerOf(response: Response, startedAt: number): Promise<Answer> {
  const sent = await response.text();
  const parsed = parsedOrNull(sent);
  const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
  return {
    status: response.status,
    headers: response.headers,
    text: parsed === null ? sent : JSON.stringify(parsed),
    body: isObject ? parsed : {},
    elapsedMs: performance.now() - startedAt,
  };
}

function parsedOrNull(text: string): object | null {
  try {
    return JSON.parse(text) as object | null;
  } catch {
    return null;
  }
}

/** Codes of an answer's errors; the message where an error has no code. */
export function codesOf({ body, status }: Answer): string[] {
  const codes = (body.errors ?? []).map(({ extensions, message }) =>
    typeof extensions?.["code"] === "string" ? extensions["code"] : (message ?? "error"),
  );
  if (codes.length === 0 && status >= 400) return [`HTTP ${status}`];
  return [...new Set(codes)];
}

/** True when an answer has data and no error. */
export function isAnswered(answer: Answer): boolean {
  return codesOf(answer).length === 0 && answer.body.data != null;
}

/**
 * An answer as one text, without what is new in each. Words that the questions differed in are taken
 * for one another in errors, where they may only be an echo of the question; in data they count.
 */
export function fingerprint(
  { status, body }: Answer,
  { ignore, alike = [] }: { ignore: readonly string[]; alike?: readonly string[] },
): string {
  const { errors = [], ...rest } = body;
  const print = (part: unknown): string =>
    JSON.stringify(part, (key, value: unknown) => (ignore.includes(key) ? "…" : value));
  const words = alike.filter((word) => word !== "").toSorted((a, b) => b.length - a.length);
  const complaint = words
    .map((word) => JSON.stringify(word).slice(1, -1))
    .reduce((text, word) => text.replaceAll(word, "…"), print(errors));
  return `${status} ${print(rest)} ${complaint}`;
}

/** True when a value stands in the answer or its headers, plainly or as base64 or hexadecimal. */
export function betrays(answer: Answer, value: string): boolean {
  const bytes = Buffer.from(value, "utf8");
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("hex"),
  ];
  const whole = `${answer.text}\n${[...answer.headers].join("\n")}`;
  return forms.some((form) => whole.includes(form));
}

/** Every object of an answer's data that has this id, wherever it stands. */
export function objectsWithId({ body }: Answer, id: string): Record<string, unknown>[] {
  return objectsIn(body.data).filter((found) => found["id"] === id);
}

/** Every object of a piece of data, outermost first. */
export function objectsIn(data: unknown): Record<string, unknown>[] {
  if (Array.isArray(data)) return data.flatMap(objectsIn);
  if (typeof data !== "object" || data === null) return [];
  return [data as Record<string, unknown>, ...Object.values(data).flatMap(objectsIn)];
}

/** Every value that stands under a name, wherever. */
export function valuesNamed({ body }: Answer, name: string): unknown[] {
  return objectsIn(body.data)
    .filter((found) => Object.hasOwn(found, name))
    .map((found) => found[name]);
}
