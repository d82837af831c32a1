import { CustomerGroupField } from "../../src/customers/customer-stats.types.ts";
import { ASKERS } from "../support/canaries.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

interface Promised {
  readonly viewer: { readonly access: readonly { field: string; groupable: boolean }[] };
}

test.each(ASKERS)(
  "$caller for $purpose: viewer.access promises exactly the groups that are counted",
  async ({ caller, purpose }) => {
    const ask = server.asCaller(caller, purpose);
    const { body } = await ask<Promised>(
      `{ viewer { access(type: "Customer") { field groupable } } }`,
    );
    const promised = new Map(
      body.data?.viewer.access.map(({ field, groupable }) => [field, groupable]),
    );
    for (const field of Object.keys(CustomerGroupField)) {
      const counted = await ask(`{ customerStats(groupBy: [${field}]) { totalCount } }`);
      const code = counted.body.errors?.[0]?.extensions["code"];
      // Who counts no row at all is answered with none, whatever the groups.
      if (promised.get(field) === true) expect({ field, code }).toEqual({ field, code: undefined });
      else if (code !== undefined)
        expect({ field, code }).toEqual({ field, code: "FIELD_GROUP_FORBIDDEN" });
      else expect(counted.body.data).toEqual({ customerStats: { totalCount: null } });
    }
    const others = [...promised.keys()].filter((field) => !(field in CustomerGroupField));
    expect(others.filter((field) => promised.get(field))).toEqual([]);
  },
);
