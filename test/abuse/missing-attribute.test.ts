import { rankOf, type Disclosure } from "../../src/classification/disclosure.ts";
import type { Reader } from "../../src/database/reader.ts";
import type { Row } from "../../src/database/read-request.ts";
import { needsFor } from "../../src/guard/needs.ts";
import { abilityFor } from "../../src/policy/ability.ts";
import type { AttributeValues } from "../../src/policy/condition.ts";
import { Decisions } from "../../src/policy/decisions.ts";
import type { ConditionTemplate } from "../../src/policy/template.ts";
import { createRequestContext } from "../../src/request-context.ts";
import { ASKERS, dig } from "../support/canaries.ts";
import {
  callerBut,
  CATALOG,
  CUSTOMER,
  customerField,
  decisionsOf,
  POLICY,
} from "../support/policy-world.ts";
import { type Resident, settlePopulation } from "../support/population.ts";
import { runOperation } from "../support/run-operation.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";
import { TEMPLATE_NOW } from "../support/template.ts";

const ATTRIBUTES = [...CUSTOMER.attributes.keys()];
const FIELDS = [...CUSTOMER.fields.values()];

let server: TestServer;
let residents: readonly Resident[];
beforeAll(async () => {
  server = await startTestServer();
  residents = await settlePopulation(server);
});
afterAll(() => server.close());

function without(row: AttributeValues, attribute: string): AttributeValues {
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== attribute));
}

function callerOf({ caller, purpose }: (typeof ASKERS)[number]): ReturnType<typeof callerBut> {
  return callerBut({ name: caller, purpose, now: TEMPLATE_NOW });
}

test.each(ASKERS)(
  "$caller for $purpose: a row that lacks an attribute gives no more than the whole row",
  (asker) => {
    const decisions = decisionsOf(callerOf(asker), TEMPLATE_NOW);
    const plans = FIELDS.map((field) => decisions.fieldPlan(field));
    const widened: string[] = [];
    for (const resident of residents) {
      const isVisible = decisions.canSee("Customer", resident);
      for (const attribute of ATTRIBUTES) {
        const poorer = without(resident, attribute);
        const place = `${resident.id} without ${attribute}`;
        if (decisions.canSee("Customer", poorer) && !isVisible) widened.push(`${place} is visible`);
        for (const plan of plans) {
          const excess =
            rankOf(plan.decide(poorer).disclosure) - rankOf(plan.decide(resident).disclosure);
          if (excess > 0) widened.push(`${place} shows more of ${plan.field.name}`);
        }
        const isChanged = (row: AttributeValues): boolean =>
          decisions.canDo("update", row, customerField("phone"));
        if (isChanged(poorer) && !isChanged(resident)) widened.push(`${place} may be changed`);
      }
    }
    expect(widened).toEqual([]);
  },
);

test("a condition on who may change a row refuses where its attribute is missing", () => {
  const rules = POLICY.rules.map((rule) =>
    rule.kind === "verb" && rule.verb === "update"
      ? { ...rule, when: parsedNot({ attribute: "legalHold", value: true }) }
      : rule,
  );
  const caller = callerOf({ caller: "data-steward", purpose: "DATA_QUALITY" });
  const policy = { ...POLICY, rules };
  const decisions = new Decisions(
    abilityFor({ policy, catalog: CATALOG, caller, now: TEMPLATE_NOW }),
  );
  const [resident] = residents;
  const phone = customerField("phone");
  const may = (row: AttributeValues): boolean => decisions.canDo("update", row, phone);
  expect(may({ ...resident, legalHold: false })).toBe(true);
  expect(may({ ...resident, legalHold: true })).toBe(false);
  expect(may(without({ ...resident }, "legalHold"))).toBe(false);
  const judged = { shown: [], judged: ["phone"], withRowRules: false };
  expect(needsFor({ decisions, type: "Customer", ...judged }).attributes).toContain("legalHold");
});

function parsedNot({ attribute, value }: { attribute: string; value: boolean }): ConditionTemplate {
  return { kind: "not", of: { kind: "compare", attribute, operator: "eq", value } };
}

/** A reader that forgets one attribute of every row. */
function forgetful(reader: Reader, attribute: string): Reader {
  const forget = (row: Row): Row => without(row, attribute) as Row;
  return {
    ...reader,
    page: async (...request) => (await reader.page(...request)).map(forget),
    byIds: async (...request) =>
      new Map([...(await reader.byIds(...request))].map(([id, row]) => [id, forget(row)])),
  };
}

/** Through the whole guarded schema, over a reader of the test's own. */
async function ask(
  reader: Reader,
  asker: (typeof ASKERS)[number],
  source: string,
): Promise<unknown> {
  const { services } = server.app;
  const context = createRequestContext(
    { ...services, reader },
    { caller: callerOf(asker), now: TEMPLATE_NOW, requestId: "test" },
  );
  return (await runOperation({ api: services.api, source, context })).data;
}

const ACCESS = "id access { field disclosure }";

/** Disclosures by row and field. */
function disclosuresIn(nodes: unknown): Map<string, Disclosure> {
  const rows = (Array.isArray(nodes) ? nodes : [nodes]).filter((row) => row !== null) as {
    id: string;
    access: { field: string; disclosure: Disclosure }[];
  }[];
  return new Map(
    rows.flatMap(({ id, access }) => access.map((one) => [`${id} ${one.field}`, one.disclosure])),
  );
}

const THOROUGH = ASKERS.filter(({ caller }) =>
  ["cs-agent", "legal-counsel", "partner-system"].includes(caller),
);

test.each(THOROUGH)(
  "$caller for $purpose: a reader that forgets an attribute shows no more",
  async (asker) => {
    const { reader } = server.app.services;
    const list = `{ customers(first: 50) { nodes { ${ACCESS} } } }`;
    const whole = disclosuresIn(dig(await ask(reader, asker, list), "customers", "nodes"));
    for (const attribute of ATTRIBUTES.filter((name) => name !== "id")) {
      const poorer = disclosuresIn(
        dig(await ask(forgetful(reader, attribute), asker, list), "customers", "nodes"),
      );
      const widened = [...poorer].filter(
        ([place, disclosure]) =>
          !whole.has(place) || rankOf(disclosure) > rankOf(whole.get(place) ?? "NONE"),
      );
      expect({ attribute, widened }).toEqual({ attribute, widened: [] });
    }
  },
);

test.each(["cs-agent", "internal-auditor"])(
  "%s: the tombstone of a destroyed customer stays one, whatever is forgotten",
  async (caller) => {
    const { reader } = server.app.services;
    const destroyed = residents.find((resident) => resident["state"] === "DESTROYED");
    const asker = ASKERS.find((one) => one.caller === caller) ?? { caller: "", purpose: "" };
    for (const attribute of ATTRIBUTES.filter((name) => name !== "id")) {
      const data = await ask(
        forgetful(reader, attribute),
        asker,
        `{ customer(id: "${destroyed?.id}") { ${ACCESS} } }`,
      );
      expect({ attribute, data }).toEqual({ attribute, data: { customer: null } });
    }
  },
);
