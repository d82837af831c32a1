import { applyRendering } from "../../src/classification/rendering.ts";
import { existenceMask } from "../../src/classification/shape.ts";
import { canaryId, dig } from "../support/canaries.ts";
import { FULL_RECORD } from "../support/customer-world.ts";
import { customerField } from "../support/policy-world.ts";
import { OTHER_RECORD, settlePopulation } from "../support/population.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const UPDATABLE = ["fullName", "phone", "email", "legalRepresentative", "contactPersons"] as const;

/** Values of many forms, so that every branch of every rendering is met. */
const VALUES: Readonly<Record<(typeof UPDATABLE)[number] | "address", readonly string[]>> = {
  fullName: [
    "李娜",
    "欧阳静",
    "阿卜杜拉·买买提",
    "王",
    "John Smith",
    "Anna-Lena Müller",
    "J",
    "Prince",
    "北京百货有限公司",
    "O'Brien",
  ],
  phone: [
    "+8613812345678",
    "+4915123456789",
    "+6591234567",
    "+49302345",
    "+12025550123",
    "+8610123456",
  ],
  email: ["li.na@example.com", "a@example.com", "x@own-domain.example", "first.last@gmail.com"],
  legalRepresentative: ["何秀英", "司马相如", "Karl May", "林"],
  contactPersons: ["罗敏 采购部", "John (sales), Mary"],
  address: [FULL_RECORD.address ?? "", OTHER_RECORD.address ?? ""],
};

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
  await settlePopulation(server);
});
afterAll(() => server.close());

/** Every form that a value of a field has below CLEAR. */
function formsOf(name: keyof typeof VALUES): string[] {
  const field = customerField(name);
  const renderings = Object.values(field.renderings);
  const records = [
    { kind: "INDIVIDUAL", region: "福建省 厦门市" },
    { kind: "ORGANISATION", region: null },
  ];
  const rendered = VALUES[name].flatMap((value) =>
    records.flatMap((record) =>
      renderings.map((rendering) =>
        applyRendering({ rendering, value, record, shape: field.shape }),
      ),
    ),
  );
  const forms = [...rendered, existenceMask(field.shape)].filter((form) => form !== null);
  return [
    ...new Set(
      forms.flatMap((form) => [
        form,
        ` ${form} `,
        form.replaceAll("*", "＊"),
        form.replaceAll("*", "•"),
      ]),
    ),
  ];
}

async function update(
  input: Readonly<Record<string, unknown>>,
): Promise<Awaited<ReturnType<TestServer["ask"]>>["body"]> {
  const query =
    "mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { version } } }";
  const variables = { input: { id: canaryId(2), expectedVersion: 1, ...input } };
  return (await server.ask("data-steward", query, { purpose: "DATA_QUALITY", variables })).body;
}

async function stored(): Promise<unknown> {
  const { rows } = await server.app.services.database.pool.query(
    "select to_jsonb(c) as row from customer c where id = $1",
    [canaryId(2)],
  );
  return rows[0];
}

test.each(UPDATABLE)("%s: no form of it below CLEAR can be written back", async (name) => {
  const before = await stored();
  for (const form of formsOf(name)) {
    const { errors } = await update({ [name]: form });
    const codes = errors?.map(({ extensions }) => extensions["code"]);
    expect({ form, codes }).toEqual({ form, codes: ["MASKED_VALUE_REJECTED"] });
    expect(JSON.stringify(errors)).not.toContain(form.trim());
  }
  expect(await stored()).toEqual(before);
});

test("no part of an address takes a mask", async () => {
  const before = await stored();
  const whole = { province: "福建省", city: "厦门市", district: "思明区", street: "湖滨南路201号" };
  const masks = ["******", "湖滨****", "***", "XXX", "＊＊＊", "2**号"];
  for (const part of Object.keys(whole)) {
    for (const mask of masks) {
      const { errors } = await update({ address: { ...whole, [part]: mask } });
      expect({ part, mask, code: errors?.[0]?.extensions["code"] }).toEqual({
        part,
        mask,
        code: "MASKED_VALUE_REJECTED",
      });
    }
  }
  expect(await stored()).toEqual(before);
});

test("pseudonyms cannot be written back, whoever was shown them", async () => {
  const before = await stored();
  const { body } = await server.ask(
    "sales-analyst",
    "{ customers(first: 100) { nodes { fullName legalRepresentative customerNo } } }",
    {
      purpose: "ANALYTICS",
    },
  );
  const shown = (dig(body.data, "customers", "nodes") as Record<string, string | null>[])
    .flatMap((row) => Object.values(row))
    .filter((value) => value !== null);
  expect(shown.length).toBeGreaterThan(20);
  for (const form of new Set(shown)) {
    expect(form).toMatch(/^tok_/);
    for (const name of ["fullName", "legalRepresentative", "contactPersons"]) {
      const { errors } = await update({ [name]: form });
      expect({ form, name, code: errors?.[0]?.extensions["code"] }).toEqual({
        form,
        name,
        code: "MASKED_VALUE_REJECTED",
      });
    }
  }
  expect(await stored()).toEqual(before);
});

test("a mask beside a good value spoils the whole change", async () => {
  const before = await stored();
  expect(
    (await update({ email: "good@example.com", phone: "+86 138****5678" })).errors?.[0]?.extensions,
  ).toMatchObject({
    code: "MASKED_VALUE_REJECTED",
    field: "phone",
  });
  expect(await stored()).toEqual(before);
});

test("whoever reads a field below CLEAR cannot change it, with a mask or without", async () => {
  const query =
    "mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { customer { version } } }";
  const askers = [
    ["data-steward", "TRANSFER_EXECUTION", 14],
    ["cs-agent", "SERVICE_DELIVERY", 1],
    ["data-subject", "SELF_ACCESS", null],
    ["internal-auditor", "COMPLIANCE_AUDIT", 1],
    // May change contacts, but may not read those of a minor without an approval.
    ["data-steward", "DATA_QUALITY", 5],
  ] as const;
  for (const [caller, purpose, number] of askers) {
    const id = number === null ? "0192a000-0000-7000-8000-000000000501" : canaryId(number);
    for (const phone of ["+86 138****5678", "+8613812345678", null]) {
      const variables = { input: { id, expectedVersion: 1, phone } };
      const { body } = await server.ask(caller, query, { purpose, variables });
      expect(
        body.errors?.map(({ extensions }) => [extensions["code"], extensions["field"]]),
      ).toEqual([["FORBIDDEN", "phone"]]);
    }
  }
});

test("clear values are taken, so the refusals above are about masks", async () => {
  for (const [at, name] of UPDATABLE.entries()) {
    const { errors } = await update({ expectedVersion: at + 1, [name]: VALUES[name][1] });
    expect({ name, errors }).toEqual({ name, errors: undefined });
  }
});
