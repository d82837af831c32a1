import { DEMO_CALLERS, type DemoCaller } from "../../../src/identity/demo-callers.ts";
import { callerBut, decisionsOf, POLICY } from "../../support/policy-world.ts";
import {
  type Answered,
  startTestServer,
  type TestServer,
} from "../../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../../support/template.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const ASSIGNED = "0192a000-0000-7000-8000-000000000503";
const HIDDEN = "0192a000-0000-7000-8000-000000000508";
const MISSING = "0192a000-0000-7000-8000-00000000dead";

const EXPLAIN = `query ($id: ID!, $caller: ID!, $purpose: String!, $field: String!) {
  explainAccess(input: { caller: $caller, purpose: $purpose, resource: { type: "Customer", id: $id }, field: $field }) {
    visible disclosure reason rule remedies { disclosure changes } auditorText callerText
    rowRules { id clauses { text holds } } fieldRules { id clauses { text holds } }
  }
}`;
const WHO = `query ($id: ID!, $purpose: String!, $field: String!, $first: Int = 100, $after: ID) {
  whoCanAccess(customerId: $id, field: $field, purpose: $purpose, first: $first, after: $after) {
    judged hasNextPage endCursor
    groups { disclosure roles people { ...Holder } clients { ...Holder } }
  }
}
fragment Holder on AccessHolder { id name organisation roles withoutSecondFactor reason rule }`;
const WHAT = `query ($caller: ID!, $mfa: Boolean!, $purpose: String!) {
  whatCanAccess(input: { caller: $caller, mfa: $mfa, purpose: $purpose }) {
    types { type visible fields { field disclosure variesByRow filterable sortable groupable reason } }
  }
}`;
const MATRIX = `query ($purpose: String!) {
  accessMatrix(purpose: $purpose) { roles { role visible fields { field disclosure } } }
}`;
const QUESTION = { id: ASSIGNED, caller: "cs-agent", field: "phone", purpose: "SERVICE_DELIVERY" };

interface Holder {
  readonly id: string;
  readonly withoutSecondFactor: string;
}
interface Who {
  readonly whoCanAccess: {
    readonly judged: number;
    readonly hasNextPage: boolean;
    readonly endCursor: string | null;
    readonly groups: readonly {
      readonly disclosure: string;
      readonly people: readonly Holder[];
      readonly clients: readonly Holder[];
    }[];
  };
}

describe("who may ask", () => {
  const others = DEMO_CALLERS.flatMap(({ name, purposes }) =>
    purposes
      .filter((purpose) => {
        const caller = callerBut({ name, purpose, now: TEMPLATE_NOW });
        return !decisionsOf(caller, TEMPLATE_NOW).mayEver("evaluateAccess", "Customer");
      })
      .map((purpose) => ({ name, purpose })),
  );

  test("most callers may not, so the next test has something to say", () => {
    expect(others.length).toBeGreaterThan(15);
  });

  test.each(others)("$name for $purpose is refused, whatever they ask", async (who) => {
    for (const query of [EXPLAIN, WHO, WHAT, MATRIX]) {
      const asked = await server.ask(who.name, query, {
        purpose: who.purpose,
        variables: { ...QUESTION, mfa: true, purpose: "SERVICE_DELIVERY" },
      });
      expect(codesOf(asked)).toEqual(["FORBIDDEN"]);
      expect(asked.body.data).toBeNull();
    }
  });
});

describe("how far an auditor reaches", () => {
  test.each([
    ["explainAccess", EXPLAIN],
    ["whoCanAccess", WHO],
  ])("%s: a hidden customer and one that does not exist answer alike", async (_name, query) => {
    const answers = await Promise.all(
      [HIDDEN, MISSING].map((id) =>
        server.ask("internal-auditor", query, { variables: { ...QUESTION, id } }),
      ),
    );
    const [hidden, missing] = answers.map(({ body }) => withoutRequestId(body));
    expect(hidden).toEqual(missing);
    expect(answers.map(codesOf)).toEqual([["NOT_FOUND"], ["NOT_FOUND"]]);
  });

  test("an auditor of another organisation learns of neither its customers nor its people", async () => {
    const theirs = "transferee-internal-auditor";
    for (const query of [EXPLAIN, WHO]) {
      expect(codesOf(await server.ask(theirs, query, { variables: QUESTION }))).toEqual([
        "NOT_FOUND",
      ]);
    }
    const variables = { ...QUESTION, mfa: true };
    expect(codesOf(await server.ask(theirs, WHAT, { variables }))).toEqual(["NOT_FOUND"]);
    const own = await firstCustomerOf(theirs);
    const { body } = await server.ask<Who>(theirs, WHO, { variables: { ...QUESTION, id: own } });
    const reach = new Set(holdersOf(body.data).map(({ id }) => id));
    const known = DEMO_CALLERS.filter(({ id }) => reach.has(id));
    expect(known.length).toBeGreaterThan(5);
    expect(known.filter((one) => !worksFor(one, "transferee"))).toEqual([]);
  });

  test("nothing of the customer's own is in an answer", async () => {
    const asked = await Promise.all(
      ["phone", "idNumber", "bankAccount"].flatMap((field) => [
        server.ask("internal-auditor", EXPLAIN, { variables: { ...QUESTION, field } }),
        server.ask("internal-auditor", WHO, { variables: { ...QUESTION, field } }),
      ]),
    );
    const text = JSON.stringify(asked.map(({ body }) => body.data));
    const { rows } = await server.app.services.database.pool.query<Record<string, unknown>>(
      "select * from customer where id = $1",
      [ASSIGNED],
    );
    const values = Object.entries(rows[0] ?? {}).filter(
      ([column, value]) => /name|phone|email|partial|coarse/.test(column) && value !== null,
    );
    expect(values.length).toBeGreaterThan(3);
    expect(values.filter(([, value]) => text.includes(String(value)))).toEqual([]);
  });
});

describe("whoCanAccess", () => {
  test.each(["phone", "idNumber", "orderCount"])(
    "%s: everybody is listed with what they are in fact given",
    async (field) => {
      for (const purpose of ["SERVICE_DELIVERY", "COMPLIANCE_AUDIT"]) {
        const variables = { ...QUESTION, field, purpose };
        const { body } = await server.ask<Who>("internal-auditor", WHO, { variables });
        const callers = DEMO_CALLERS.filter(
          (one) => worksFor(one, "transferor") && one.purposes.includes(purpose),
        );
        for (const caller of callers) {
          expect({ caller: caller.name, given: listedFor(caller, body.data) }).toEqual({
            caller: caller.name,
            given: await givenTo(caller, purpose, field),
          });
        }
      }
    },
  );

  test("small pages hold the same people as one page of all, each once", async () => {
    const all = await server.ask<Who>("internal-auditor", WHO, { variables: QUESTION });
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const variables: Record<string, unknown> = { ...QUESTION, first: 7, after };
      const page: Answered<Who> = await server.ask<Who>("internal-auditor", WHO, { variables });
      seen.push(...holdersOf(page.body.data).map(({ id }) => id));
      after = page.body.data?.whoCanAccess.hasNextPage
        ? (page.body.data.whoCanAccess.endCursor ?? null)
        : null;
    } while (after !== null);
    expect(seen.sort()).toEqual(
      holdersOf(all.body.data)
        .map(({ id }) => id)
        .sort(),
    );
    expect(new Set(seen).size).toBe(seen.length);
  });

  test.each([
    { first: 0 },
    { first: 101 },
    { first: -1 },
    { after: "everybody" },
    { field: "shoeSize" },
    { purpose: "FUN" },
  ])("%j is refused", async (wrong) => {
    const variables = { ...QUESTION, ...wrong };
    const asked = await server.ask("internal-auditor", WHO, { variables });
    expect(codesOf(asked)).toEqual(["BAD_USER_INPUT"]);
  });

  test("whoever may not call is not listed", async () => {
    const { pool } = server.app.services.database;
    const ids = { left: idOf("legal-counsel"), offline: idOf("partner-system") };
    await pool.query("update principal set state = 'SUSPENDED' where id = $1", [ids.left]);
    await pool.query("update principal set allowed_networks = '{}' where id = $1", [ids.offline]);
    const { body } = await server.ask<Who>("internal-auditor", WHO, { variables: QUESTION });
    const listed = holdersOf(body.data).map(({ id }) => id);
    expect(listed).not.toContain(ids.left);
    expect(listed).not.toContain(ids.offline);
    expect(listed).toContain(idOf("cs-agent"));
  });
});

describe("whatCanAccess and accessMatrix", () => {
  const callers = DEMO_CALLERS.filter((one) => worksFor(one, "transferor")).filter(
    ({ name }) => !["legal-counsel", "partner-system"].includes(name),
  );

  test.each(callers)("$name: the same as they are told themselves", async (caller) => {
    const { name, id, mfa } = caller;
    for (const purpose of caller.purposes) {
      const variables = { caller: id, mfa, purpose };
      const asked = await server.ask<{ whatCanAccess: { types: { fields: unknown }[] } }>(
        "internal-auditor",
        WHAT,
        { variables },
      );
      const own = await server.ask<{ viewer: { access: unknown } }>(
        name,
        `{ viewer { access(type: "Customer") { field disclosure variesByRow filterable sortable groupable reason } } }`,
        { purpose },
      );
      expect(asked.body.data?.whatCanAccess.types[0]?.fields).toEqual(own.body.data?.viewer.access);
    }
  });

  test("the matrix has every role and field, and no caller is given more than their roles", async () => {
    type Cells = readonly { readonly field: string; readonly disclosure: string }[];
    const LEVELS = ["NONE", "EXISTS", "TOKEN", "COARSE", "PARTIAL", "CLEAR"];
    for (const purpose of POLICY.purposes.keys()) {
      const { body } = await server.ask<{
        accessMatrix: { roles: readonly { role: string; visible: boolean; fields: Cells }[] };
      }>("internal-auditor", MATRIX, { variables: { purpose } });
      const roles = body.data?.accessMatrix.roles ?? [];
      expect(roles.map(({ role }) => role).sort()).toEqual([...POLICY.roles.keys()].sort());
      for (const { name, roles: held } of DEMO_CALLERS) {
        const decisions = decisionsOf(
          callerBut({ name, purpose, now: TEMPLATE_NOW }),
          TEMPLATE_NOW,
        );
        const line = roles.find(({ role }) => held.includes(role));
        if (line?.visible !== true) continue;
        for (const { field, disclosure } of line.fields) {
          const best = decisions.planOf("Customer").get(field)?.best.disclosure ?? "NONE";
          expect(LEVELS.indexOf(best)).toBeLessThanOrEqual(LEVELS.indexOf(disclosure));
        }
      }
    }
  });
});

function codesOf({ body }: Answered): unknown[] {
  return (body.errors ?? []).map(({ extensions }) => extensions["code"]);
}

function withoutRequestId(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body).replaceAll(/"requestId":"[^"]*"/g, `"requestId":""`));
}

function worksFor({ organisation, serves }: DemoCaller, code: string): boolean {
  return organisation === code || serves.some((served) => served === code);
}

function idOf(name: string): string {
  return DEMO_CALLERS.find((caller) => caller.name === name)?.id ?? "";
}

function holdersOf(data: Who | null | undefined): Holder[] {
  return (data?.whoCanAccess.groups ?? []).flatMap(({ people, clients }) => [
    ...people,
    ...clients,
  ]);
}

/** What the list says of a demo caller as they sign in. */
function listedFor({ id, mfa }: DemoCaller, data: Who | null | undefined): string {
  for (const { disclosure, people, clients } of data?.whoCanAccess.groups ?? []) {
    const holder = [...people, ...clients].find((one) => one.id === id);
    if (holder !== undefined) return mfa ? disclosure : holder.withoutSecondFactor;
  }
  return "not listed";
}

/** What the caller is answered; nothing where the customer is hidden from them. */
async function givenTo({ name }: DemoCaller, purpose: string, field: string): Promise<string> {
  const { body } = await server.ask<{ customer: { access: { disclosure: string }[] } | null }>(
    name,
    `query ($id: ID!, $field: String!) { customer(id: $id) { access(fields: [$field]) { disclosure } } }`,
    { purpose, variables: { id: ASSIGNED, field } },
  );
  return body.data?.customer?.access[0]?.disclosure ?? "NONE";
}

async function firstCustomerOf(caller: string): Promise<string> {
  const { body } = await server.ask<{ customers: { nodes: { id: string }[] } }>(
    caller,
    "{ customers(first: 1) { nodes { id } } }",
  );
  return body.data?.customers.nodes[0]?.id ?? "";
}
