import type { TestServer } from "./start-test-server.ts";

/** Refused by GraphQL, or before it: a body with `__proto__` in it is not even read. */
export const REFUSED = /^BAD_(REQUEST|USER_INPUT)$/;

/**
 * Sends a document with variables as they are written, since `JSON.stringify` drops some of what an
 * attacker would write.
 */
export async function postRaw(
  server: TestServer,
  { caller, purpose }: { caller: string; purpose: string },
  { query, variables }: { query: string; variables: string },
): Promise<{ text: string; codes: readonly string[] }> {
  const response = await fetch(`${server.url}/graphql`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Bearer ${await server.tokenOf(caller)}`,
      "x-purpose": purpose,
    },
    body: `{"query":${JSON.stringify(query)},"variables":${variables}}`,
  });
  const text = await response.text();
  const { errors = [] } = JSON.parse(text) as { errors?: { extensions: { code: string } }[] };
  return { text, codes: errors.map(({ extensions }) => extensions.code) };
}
