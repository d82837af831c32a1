import type { TestServer } from "./start-test-server.ts";

/** A demo caller with a purpose. */
export interface Asker {
  readonly caller: string;
  readonly purpose: string;
}

interface Source {
  readonly server: TestServer;
  readonly asker: Asker;
  readonly field: string;
}

interface PageOfValues {
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** The values of a field on all rows that show it at least in the form of its groups. */
export async function shownValues(from: Source): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  let after: string | null = null;
  do {
    const page: PageOfValues = await valuesAfter(from, after);
    for (const node of page.nodes) {
      const [access] = node["access"] as { disclosure: string }[];
      const isShown = ["COARSE", "PARTIAL", "CLEAR"].includes(access?.disclosure ?? "");
      const value = node[from.field] as string | boolean | null;
      if (isShown) found.push(value === null ? null : String(value));
    }
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
  return found;
}

async function valuesAfter(
  { server, asker, field }: Source,
  after: string | null,
): Promise<PageOfValues> {
  const list = `query ($after: String) { customers(first: 100, after: $after) {
    nodes { ${field} access(fields: ["${field}"]) { disclosure } } pageInfo { hasNextPage endCursor } } }`;
  const { purpose } = asker;
  const { body } = await server.ask<{ customers: PageOfValues }>(asker.caller, list, {
    purpose,
    variables: { after },
  });
  if (body.data == null) throw new Error(JSON.stringify(body.errors));
  return body.data.customers;
}

/** Nulls last, text by code point. */
export function byValue(one: string | null, other: string | null): number {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? 1 : -1;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
