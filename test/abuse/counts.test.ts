import { ASKERS, canaryId, dig, transferId } from "../support/canaries.ts";
import { Oracle, type Resident, settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
let residents: readonly Resident[];
beforeAll(async () => {
  server = await startTestServer();
  residents = await settlePopulation(server);
});
afterAll(() => server.close());

/** What the callers saw together, so that no test passes because there was nothing to see. */
const seen = { items: 0, customers: 0, transfers: 0 };

interface Page {
  readonly totalCount: number;
  readonly nodes: readonly { id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const PAGE =
  "totalCount nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }";

async function customers(asker: (typeof ASKERS)[number], args: string): Promise<Page> {
  const { body } = await server.ask(asker.caller, `{ customers(${args}) { ${PAGE} } }`, {
    purpose: asker.purpose,
  });
  return dig(body.data, "customers") as Page;
}

/** Every page of the list of customers, three at a time, forwards or backwards. */
async function pages(asker: (typeof ASKERS)[number], backwards: boolean): Promise<Page[]> {
  const found: Page[] = [];
  for (let from: string | null = null; ;) {
    const place: string = from === null ? "" : `, ${backwards ? "before" : "after"}: "${from}"`;
    const page = await customers(asker, `${backwards ? "last" : "first"}: 3${place}`);
    found.push(page);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(backwards ? hasPreviousPage : hasNextPage)) return found;
    from = backwards ? startCursor : endCursor;
  }
}

test.each(ASKERS)(
  "$caller for $purpose: lists, their counts and their ends are those of the visible rows",
  async (asker) => {
    const oracle = new Oracle(asker);
    const visible = residents.filter((resident) => oracle.sees(resident)).map(({ id }) => id);
    const forwards = await pages(asker, false);
    const backwards = (await pages(asker, true)).reverse();
    for (const list of [forwards, backwards]) {
      expect(list.flatMap(({ nodes }) => nodes.map(({ id }) => id))).toEqual(visible);
      expect(new Set(list.map(({ totalCount }) => totalCount))).toEqual(new Set([visible.length]));
      expect(list).toHaveLength(Math.max(Math.ceil(visible.length / 3), 1));
    }
    const none = await customers(asker, "first: 0");
    expect(none).toMatchObject({ totalCount: visible.length, nodes: [] });
  },
);

test.each(ASKERS)(
  "$caller for $purpose: lists within objects count what they hold, and lead to visible rows only",
  async (asker) => {
    const oracle = new Oracle(asker);
    const sees = (id: string): boolean =>
      residents.some((resident) => resident.id === id && oracle.sees(resident));
    const items =
      "items(first: 50) { totalCount pageInfo { hasNextPage } nodes { id customer { id } } }";
    const { body } = await server.ask(
      asker.caller,
      `{ running: nodes(ids: ["${transferId("TR-2026-005")}", "${transferId("TR-2026-011")}"]) { ... on Transfer { ${items} } }
       moved: nodes(ids: ["${canaryId(16)}", "${canaryId(14)}"]) { ... on Customer { transfers { totalCount nodes { id } } } }
       transfers(first: 50) { totalCount nodes { id } } }`,
      { purpose: asker.purpose },
    );
    for (const transfer of dig(body.data, "running") as unknown[]) {
      const nodes = (dig(transfer, "items", "nodes") ?? []) as {
        id: string;
        customer: { id: string } | null;
      }[];
      expect(dig(transfer, "items", "totalCount") ?? 0).toBe(nodes.length);
      expect(dig(transfer, "items", "pageInfo", "hasNextPage") ?? false).toBe(false);
      seen.items += nodes.length;
      seen.customers += nodes.filter(({ customer }) => customer !== null).length;
      // The item of a customer has the customer's id here.
      for (const { id, customer } of nodes) expect(customer).toEqual(sees(id) ? { id } : null);
    }
    const transfers = dig(body.data, "transfers", "nodes") as unknown[];
    expect(dig(body.data, "transfers", "totalCount")).toBe(transfers.length);
    for (const customer of dig(body.data, "moved") as unknown[]) {
      const nodes = (dig(customer, "transfers", "nodes") ?? []) as unknown[];
      seen.transfers += nodes.length;
      expect(dig(customer, "transfers", "totalCount") ?? 0).toBe(nodes.length);
    }
  },
);

test("there was something to see", () => {
  expect(Math.min(...Object.values(seen))).toBeGreaterThan(5);
  expect(seen.customers).toBeLessThan(seen.items);
});
