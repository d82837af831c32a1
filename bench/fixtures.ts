import type { TokenOf } from "./callers.ts";
import { peerNamed } from "./peers.ts";
import { askOnce } from "./run/load.ts";
import { DEEP_PAGE_ROWS, type Fixtures, type Question } from "./workloads.ts";

/** Sends a question to the product and gives the data. @throws Error unless it is a good answer */
export async function dataOf(
  address: string,
  question: Question,
  tokenOf: TokenOf,
): Promise<Record<string, never>> {
  const request = await peerNamed("custodia").request(question, tokenOf);
  const { status, text } = await askOnce(address, request);
  const { data, errors } = JSON.parse(text) as { data: Record<string, never>; errors?: unknown };
  if (status !== 200 || errors !== undefined)
    throw new Error(`${question.query.slice(0, 80)} was answered ${status}: ${text.slice(0, 300)}`);
  return data;
}

interface List {
  readonly nodes: readonly Record<string, string | null>[];
  readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean };
}

const DEEP_PAGES = 1_000;
const ROWS_AT_ONCE = 1_000;

/** Finds out what the workloads need to name. */
export async function findFixtures(address: string, tokenOf: TokenOf): Promise<Fixtures> {
  const list = async (caller: Question["caller"], query: string): Promise<List> =>
    (await dataOf(address, { caller, query }, tokenOf))["customers"] as unknown as List;
  const known = await list("agent", "{ customers(first: 200) { nodes { id phone idNumber } } }");
  const own = known.nodes.find(({ idNumber }) => idNumber?.includes("*") === true);
  const named = await list("liaison", "{ customers(first: 60) { nodes { idNumber } } }");
  const idNumbers = named.nodes.flatMap(({ idNumber }) =>
    idNumber === null || idNumber === undefined ? [] : [idNumber],
  );
  if (own?.["id"] == null || idNumbers.length === 0)
    throw new Error("The filled database has no customer to ask for.");
  return {
    customerId: own["id"],
    // Fewer than the policy lets anybody look up in an hour.
    idNumbers: idNumbers.slice(0, 20),
    deepCursor: await cursorBehind(list),
  };
}

/** Pages to the thousandth page by large steps; in a small database to nine tenths of it. */
async function cursorBehind(
  list: (caller: "agent", query: string) => Promise<List>,
): Promise<string> {
  const wanted = DEEP_PAGES * DEEP_PAGE_ROWS;
  let after = "";
  for (let passed = 0; passed < wanted;) {
    const rows = Math.min(ROWS_AT_ONCE, wanted - passed);
    const place = after === "" ? "" : `, after: ${JSON.stringify(after)}`;
    const query = `{ customers(first: ${rows}${place}) { pageInfo { endCursor hasNextPage } } }`;
    const { pageInfo } = await list("agent", query);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
    passed += rows;
  }
  return after;
}
