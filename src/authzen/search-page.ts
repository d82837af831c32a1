import { setImmediate } from "node:timers/promises";
import type { CursorValues } from "../database/read-request.ts";
import { publicError } from "../errors.ts";
import type { RequestContext } from "../graphql/context.ts";
import type { AskedPage } from "./messages.ts";

/** Results on a page when nobody says how many. */
const DEFAULT_LIMIT = 50;

/** Section 8.3: the page first, so that a reader knows early how much there is. */
export interface SearchResponse {
  readonly page: {
    /** Where the next page starts; empty after the last one (section 8.2.2). */
    readonly next_token: string;
    readonly count: number;
  };
  readonly results: readonly object[];
}

/** Somebody or something that was judged; `place` is what the next page starts after. */
export interface Candidate {
  readonly place: string;
  readonly isGiven: boolean;
  readonly result: object;
}

/** Which page of which search is asked for. */
export interface PageQuestion {
  readonly search: string;
  /** Everything of the request but the page: a token is good for the same question only. */
  readonly question: unknown;
  readonly page: AskedPage;
  readonly most: SearchLimits;
  readonly context: RequestContext;
}

/** What one request may cost. */
export interface SearchLimits {
  /** Results on a page. */
  readonly results: number;
  /** Candidates that are judged; a page ends early after as many. */
  readonly judged: number;
}

/** An answer that holds nothing, for what can't be found as for what nobody may. */
export const NO_RESULTS: SearchResponse = { page: { next_token: "", count: 0 }, results: [] };

/**
 * A page of what candidates are given (section 8.2). It ends with the first one too many, or once
 * enough were judged: then there may be fewer results than asked for, and a token all the same.
 *
 * @param candidates gives those after a place, in order
 * @throws BAD_USER_INPUT for a token of another question or limit
 */
export async function searchPage(
  asked: PageQuestion,
  candidates: (after: string | null) => AsyncIterable<Candidate>,
): Promise<SearchResponse> {
  const { limit, after, seal } = readPage(asked);
  const size = Math.min(limit, asked.most.results);
  const results: object[] = [];
  let last = after;
  let judged = 0;
  for await (const { place, isGiven, result } of candidates(after)) {
    const isTooMany = isGiven && results.length === size;
    if (isTooMany || judged === asked.most.judged) return pageOf(results, seal(last));
    if (isGiven) results.push(result);
    last = place;
    judged += 1;
    // Other requests get their turn between one candidate and the next.
    await setImmediate();
  }
  return pageOf(results, "");
}

function pageOf(results: readonly object[], nextToken: string): SearchResponse {
  return { page: { next_token: nextToken, count: results.length }, results };
}

interface ReadPage {
  readonly limit: number;
  readonly after: string | null;
  readonly seal: (after: string | null) => string;
}

/** Section 8.2.1: with a token everything else is as it was; a limit may be left out then. */
function readPage({ search, question, page, context }: PageQuestion): ReadPage {
  const tokens = context.rows.asked.tokensOf(search, inOrder([question, page?.properties ?? null]));
  const token = page?.token ?? "";
  const [before, after] = token === "" ? [null, null] : open(() => tokens.open(token));
  const limit = before ?? page?.limit ?? DEFAULT_LIMIT;
  if (page?.limit != null && page.limit !== limit)
    throw publicError("BAD_USER_INPUT", { field: "page.limit" });
  return {
    limit: Number(limit),
    after: typeof after === "string" ? after : null,
    seal: (place) => tokens.seal([Number(limit), place]),
  };
}

function open(token: () => CursorValues): CursorValues {
  try {
    return token();
  } catch {
    throw publicError("BAD_USER_INPUT", { field: "page.token" });
  }
}

/** The same value with the members of every object in one order, which is nobody's business (10.1.1). */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, inOrder(one)]),
  );
}
