import { ASKERS, dig } from "../support/canaries.ts";
import { CUSTOMER } from "../support/policy-world.ts";
import { Oracle, OTHER_RECORD, type Resident, settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const FILTERABLE = [...CUSTOMER.fields.values()]
  .filter(({ filter }) => filter !== null)
  .map(({ name }) => name);
const SORTABLE = [...CUSTOMER.fields.values()]
  .filter(({ sortable }) => sortable)
  .map(({ name }) => name);
/** Fields that are offered to an order or a lookup although, or because, they are sealed. */
const SEALED_ORDERS = ["birthDate", "purchaseTotal", "orderCount"];
const LOOKUPS = [...CUSTOMER.fields.values()]
  .filter(({ filter }) => filter === "lookup")
  .map(({ name }) => name);

/** A value of each field that some residents have and others have not. */
const SOUGHT: Readonly<Record<string, string | boolean>> = {
  ...(OTHER_RECORD as unknown as Record<string, string>),
  customerNo: "C-03",
  region: "广东省 深圳市",
  kind: "ORGANISATION",
  state: "RESTRICTED",
  jurisdiction: "CN",
  legalHold: true,
  disputeOpen: true,
};

let server: TestServer;
let residents: readonly Resident[];
beforeAll(async () => {
  server = await startTestServer();
  residents = await settlePopulation(server);
});
afterAll(() => server.close());

const LIST = `query ($filter: CustomerFilter, $orderBy: [CustomerOrder!]) {
  customers(first: 100, filter: $filter, orderBy: $orderBy) { totalCount nodes { id } pageInfo { hasNextPage } }
}`;

/** The ids of a list, or the code of its refusal. A list tells as many as it holds. */
async function list(
  asker: (typeof ASKERS)[number],
  variables: Record<string, unknown>,
): Promise<readonly string[] | string> {
  const { body } = await server.ask(asker.caller, LIST, { purpose: asker.purpose, variables });
  const [error] = body.errors ?? [];
  if (error !== undefined) {
    expect(body.data ?? null).toBeNull();
    return String(error.extensions["code"]);
  }
  const ids = (dig(body.data, "customers", "nodes") as { id: string }[]).map(({ id }) => id);
  expect(dig(body.data, "customers", "totalCount")).toBe(ids.length);
  expect(dig(body.data, "customers", "pageInfo", "hasNextPage")).toBe(false);
  return ids;
}

function idsOf(some: readonly Resident[]): string[] {
  return some.map(({ id }) => id).sort();
}

describe.each(ASKERS)("$caller for $purpose", (asker) => {
  const oracle = new Oracle(asker);

  test("a filter matches rows on which its field is CLEAR and no others, and is refused where none can be", async () => {
    for (const field of FILTERABLE) {
      const clear = residents.filter((resident) => oracle.readsInClear(resident, field));
      const equal = clear.filter((resident) => resident[field] === SOUGHT[field]);
      const test = { [field]: { eq: SOUGHT[field] } };
      const filters = {
        hit: test,
        miss: { not: test },
        ...(clear.length > 0 && {
          either: { or: [test, { not: test }] },
          doubleNot: { not: { or: [{ not: test }] } },
        }),
      };
      const rest = clear.filter((resident) => !equal.includes(resident));
      const expected = {
        hit: idsOf(equal),
        miss: idsOf(rest),
        either: idsOf(clear),
        doubleNot: idsOf(equal),
      };
      const refused = Object.fromEntries(
        Object.keys(filters).map((name) => [name, "FIELD_FILTER_FORBIDDEN"]),
      );
      const answers: Record<string, unknown> = {};
      for (const [name, filter] of Object.entries(filters))
        answers[name] = await list(asker, { filter });
      expect({ field, ...answers }).toEqual({ field, ...(clear.length > 0 ? expected : refused) });
    }
  });

  test("an order holds rows on which its field is CLEAR and no others, and is refused where none can be", async () => {
    for (const field of SORTABLE) {
      const clear = residents.filter((resident) => oracle.readsInClear(resident, field));
      for (const direction of ["ASC", "DESC"]) {
        const answer = await list(asker, { orderBy: [{ field, direction }] });
        const found = typeof answer === "string" ? answer : [...answer].sort();
        expect({ field, found }).toEqual({
          field,
          found: clear.length > 0 ? idsOf(clear) : "FIELD_SORT_FORBIDDEN",
        });
      }
    }
  });

  test("no order by a sealed value and no piece of one, whoever may read it", async () => {
    for (const field of SEALED_ORDERS)
      expect(await list(asker, { orderBy: [{ field }] })).toBe("FIELD_SORT_FORBIDDEN");
    for (const field of LOOKUPS) {
      for (const filter of [
        { [field]: { startsWith: "1" } },
        { not: { [field]: { startsWith: "1", eq: "1" } } },
      ])
        expect(await list(asker, { filter })).toBe("FIELD_FILTER_FORBIDDEN");
    }
  });

  test("a field that may not be read is refused however it is joined with others", async () => {
    const forbidden = FILTERABLE.filter(
      (field) => !residents.some((one) => oracle.readsInClear(one, field)),
    );
    const permitted = FILTERABLE.filter((field) => !forbidden.includes(field));
    const eq = (field: string): Record<string, unknown> => ({ [field]: { eq: SOUGHT[field] } });
    for (const [at, field] of forbidden.entries()) {
      const other = permitted[at % (permitted.length || 1)];
      const open = other === undefined ? {} : eq(other);
      const joined = [
        { ...open, ...eq(field) },
        { or: [...(other === undefined ? [] : [open]), { not: { and: [eq(field)] } }] },
        { not: { not: eq(field) } },
      ];
      for (const filter of joined)
        expect(await list(asker, { filter })).toBe("FIELD_FILTER_FORBIDDEN");
    }
  });

  test("two conditional fields restrict to the rows on which both are CLEAR", async () => {
    const [one, other] = ["phone", "state"] as const;
    const clear = residents.filter((resident) => oracle.readsInClear(resident, one, other));
    const filter = {
      or: [
        { [one]: { eq: "+49301" } },
        { not: { [one]: { eq: "+49301" } } },
        { [other]: { eq: "ACTIVE" } },
      ],
    };
    const answer = await list(asker, { filter });
    if (typeof answer !== "string") expect([...answer].sort()).toEqual(idsOf(clear));
    else expect(clear).toEqual([]);
    const sorted = await list(asker, {
      filter,
      orderBy: [{ field: "recordedOn" }, { field: "state" }],
    });
    if (typeof sorted !== "string")
      expect([...sorted].sort()).toEqual(
        idsOf(clear.filter((one) => oracle.readsInClear(one, "recordedOn"))),
      );
  });

  test("what viewer.access promises is what lists do", async () => {
    const { body } = await server.ask(
      asker.caller,
      `{ viewer { access(type: "Customer") { field filterable sortable } } }`,
      {
        purpose: asker.purpose,
      },
    );
    const promised = dig(body.data, "viewer", "access") as {
      field: string;
      filterable: boolean;
      sortable: boolean;
    }[];
    for (const { field, filterable, sortable } of promised) {
      const isEverClear = residents.some((one) => oracle.readsInClear(one, field));
      const expected = {
        filterable: FILTERABLE.includes(field) && isEverClear,
        sortable: SORTABLE.includes(field) && isEverClear,
      };
      expect({ field, filterable, sortable }).toEqual({ field, ...expected });
    }
  });
});
