import { type GraphQLSchema, isInputObjectType } from "graphql";
import { canaryId } from "../support/canaries.ts";
import { elevationInputs } from "../support/elevation-inputs.ts";
import { settlePopulation } from "../support/population.ts";
import { postRaw, REFUSED } from "../support/raw-post.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

const STEWARD = { caller: "data-steward", purpose: "DATA_QUALITY" };
const AUDITOR = { caller: "internal-auditor", purpose: "COMPLIANCE_AUDIT" };
const UPDATE =
  "mutation ($i: UpdateCustomerInput!) { updateCustomer(input: $i) { customer { id } } }";
const CUSTOMER_ID = canaryId(1);

let server: TestServer;
let schema: GraphQLSchema;
beforeAll(async () => {
  server = await startTestServer();
  await settlePopulation(server);
  schema = server.app.services.api.schema;
});
afterAll(() => server.close());

/** Fewer, for inputs that write nothing. */
const SPECIAL = [
  "id",
  "controllerId",
  "controller_id",
  "ageBand",
  "idNumberSealed",
  "__proto__",
  "constructor",
  "prototype",
  "$or",
  "AND",
];

/** Every input of the schema, with a document that takes one and something that its required fields hold. */
const INPUTS: readonly (readonly [input: string, document: string, required: string])[] = [
  ["CustomerFilter", "query ($i: CustomerFilter) { customers(filter: $i) { totalCount } }", ""],
  [
    "CustomerOrder",
    "query ($i: [CustomerOrder!]) { customers(orderBy: $i) { totalCount } }",
    '"field":"state"',
  ],
  [
    "TextFilter",
    "query ($i: TextFilter) { customers(filter: { fullName: $i }) { totalCount } }",
    "",
  ],
  [
    "ExactFilter",
    "query ($i: ExactFilter) { customers(filter: { customerNo: $i }) { totalCount } }",
    "",
  ],
  [
    "LookupFilter",
    "query ($i: LookupFilter) { customers(filter: { idNumber: $i }) { totalCount } }",
    "",
  ],
  [
    "BooleanFilter",
    "query ($i: BooleanFilter) { customers(filter: { legalHold: $i }) { totalCount } }",
    "",
  ],
  [
    "DateFilter",
    "query ($i: DateFilter) { customers(filter: { recordedOn: $i }) { totalCount } }",
    "",
  ],
  [
    "CustomerKindFilter",
    "query ($i: CustomerKindFilter) { customers(filter: { kind: $i }) { totalCount } }",
    "",
  ],
  [
    "CustomerStateFilter",
    "query ($i: CustomerStateFilter) { customers(filter: { state: $i }) { totalCount } }",
    "",
  ],
  [
    "JurisdictionFilter",
    "query ($i: JurisdictionFilter) { customers(filter: { jurisdiction: $i }) { totalCount } }",
    "",
  ],
  [
    "PolicyDiffInput",
    "query ($i: PolicyDiffInput!) { policyDiff(input: $i) { totalChanges } }",
    "",
  ],
  [
    "DraftDocumentInput",
    "query ($i: DraftDocumentInput!) { policyDiff(input: { draft: [$i] }) { totalChanges } }",
    '"name":"roles/x.yaml"',
  ],
  ["TransferFilter", "query ($i: TransferFilter) { transfers(filter: $i) { totalCount } }", ""],
  [
    "TransferOrder",
    "query ($i: [TransferOrder!]) { transfers(orderBy: $i) { totalCount } }",
    '"field":"state"',
  ],
  [
    "DealTypeFilter",
    "query ($i: DealTypeFilter) { transfers(filter: { dealType: $i }) { totalCount } }",
    "",
  ],
  [
    "LegalPathFilter",
    "query ($i: LegalPathFilter) { transfers(filter: { legalPath: $i }) { totalCount } }",
    "",
  ],
  [
    "TransferStateFilter",
    "query ($i: TransferStateFilter) { transfers(filter: { state: $i }) { totalCount } }",
    "",
  ],
  [
    "CustomerEventFilter",
    "query ($i: CustomerEventFilter) { customers { nodes { events(filter: $i) { totalCount } } } }",
    "",
  ],
  [
    "CustomerEventOrder",
    "query ($i: [CustomerEventOrder!]) { customers { nodes { events(orderBy: $i) { totalCount } } } }",
    '"field":"occurredAt"',
  ],
  [
    "TransferItemOrder",
    "query ($i: [TransferItemOrder!]) { transfers { nodes { items(orderBy: $i) { totalCount } } } }",
    '"field":"state"',
  ],
  [
    "TransferItemFilter",
    `query ($i: TransferItemFilter) { transfers { nodes { items(filter: $i) { totalCount } } } }`,
    "",
  ],
  [
    "TransferItemStateFilter",
    `query ($i: TransferItemStateFilter) { transfers { nodes { items(filter: { state: $i }) { totalCount } } } }`,
    "",
  ],
  ...elevationInputs(CUSTOMER_ID),
  ["UpdateCustomerInput", UPDATE, `"id":"${CUSTOMER_ID}","expectedVersion":1`],
  [
    "AddressInput",
    `mutation ($i: AddressInput!) { updateCustomer(input: { id: "${CUSTOMER_ID}", expectedVersion: 1, address: $i }) { customer { id } } }`,
    '"province":"a","city":"b","street":"c"',
  ],
  [
    "SubmitPolicyInput",
    "mutation ($i: SubmitPolicyInput!) { submitPolicy(input: $i) { clientMutationId } }",
    '"documents":[{"name":"a.yaml","text":"a"}]',
  ],
  [
    "PolicyDocumentInput",
    "mutation ($i: PolicyDocumentInput!) { submitPolicy(input: { documents: [$i] }) { clientMutationId } }",
    '"name":"a.yaml","text":"a"',
  ],
  [
    "TestPolicyInput",
    "mutation ($i: TestPolicyInput!) { testPolicy(input: $i) { clientMutationId } }",
    '"digest":"a","expectedVersion":1',
  ],
  [
    "PolicyStepInput",
    "mutation ($i: PolicyStepInput!) { approvePolicy(input: $i) { clientMutationId } }",
    '"digest":"a","expectedVersion":1',
  ],
  [
    "ActivatePolicyInput",
    "mutation ($i: ActivatePolicyInput!) { activatePolicy(input: $i) { clientMutationId } }",
    '"digest":"a","expectedVersion":1',
  ],
  [
    "SecurityAlertFilter",
    "query ($i: SecurityAlertFilter) { securityAlerts(filter: $i) { totalCount } }",
    "",
  ],
  [
    "SecurityAlertOrder",
    "query ($i: [SecurityAlertOrder!]) { securityAlerts(orderBy: $i) { totalCount } }",
    '"field":"occurredAt"',
  ],
  [
    "AlertKindFilter",
    "query ($i: AlertKindFilter) { securityAlerts(filter: { kind: $i }) { totalCount } }",
    "",
  ],
  [
    "AcknowledgeAlertInput",
    "mutation ($i: AcknowledgeAlertInput!) { acknowledgeAlert(input: $i) { alert { id } } }",
    '"id":"0192a000-0000-7000-8000-000000000901","note":"x"',
  ],
  [
    "EvaluateAccessInput",
    "query ($i: EvaluateAccessInput!) { evaluateAccess(input: $i) { visible } }",
    '"purpose":"MARKETING","resource":{"type":"Customer"}',
  ],
  [
    "ExplainAccessInput",
    "query ($i: ExplainAccessInput!) { explainAccess(input: $i) { policyVersion } }",
    '"purpose":"MARKETING","field":"phone","resource":{"type":"Customer"}',
  ],
  [
    "AskedCallerInput",
    "query ($i: AskedCallerInput!) { whatCanAccess(input: $i) { policyVersion } }",
    '"purpose":"MARKETING"',
  ],
  [
    "EvaluatedResourceInput",
    `query ($i: EvaluatedResourceInput!) { evaluateAccess(input: { purpose: "MARKETING", resource: $i }) { visible } }`,
    '"type":"Customer"',
  ],
  [
    "SupposedSubjectInput",
    `query ($i: SupposedSubjectInput!) { evaluateAccess(input: { subject: $i, purpose: "MARKETING", resource: { type: "Customer" } }) { visible } }`,
    '"roles":[],"organisation":"transferor"',
  ],
  [
    "SupposedElevationInput",
    `query ($i: SupposedElevationInput!) { evaluateAccess(input: { subject: { roles: [], organisation: "transferor", elevations: [$i] }, purpose: "MARKETING", resource: { type: "Customer" } }) { visible } }`,
    '"customerId":"0192a000-0000-7000-8000-000000000501","fields":[],"from":"2026-11-20T09:00:00Z","until":"2026-11-20T10:00:00Z"',
  ],
  [
    "SupposedDisclosureCaseInput",
    `query ($i: SupposedDisclosureCaseInput!) { evaluateAccess(input: { subject: { roles: [], organisation: "transferor", disclosureCases: [$i] }, purpose: "MARKETING", resource: { type: "Customer" } }) { visible } }`,
    '"code":"a","fields":[],"jurisdiction":"CN","state":"APPROVED"',
  ],
];

test("every input of the schema is among those that are tried", () => {
  const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
  expect(inputs.map(({ name }) => name).sort()).toEqual(INPUTS.map(([name]) => name).sort());
});

test.each(INPUTS)("%s takes no key that it does not offer", async (input, document, required) => {
  const type = schema.getType(input);
  const offered = isInputObjectType(type) ? Object.keys(type.getFields()) : [];
  for (const name of SPECIAL.filter((one) => !offered.includes(one))) {
    const value = `{${required}${required === "" ? "" : ","}${JSON.stringify(name)}:"x"}`;
    const { codes } = await postRaw(server, STEWARD, {
      query: document,
      variables: `{"i":${value}}`,
    });
    expect({ name, codes }).toEqual({ name, codes: [expect.stringMatching(REFUSED)] });
  }
});

test.each(INPUTS)(
  "%s takes no object, list or operator where it offers a scalar",
  async (input, document, required) => {
    const type = schema.getType(input);
    const fields = isInputObjectType(type) ? Object.values(type.getFields()) : [];
    for (const { name, type: fieldType } of fields) {
      if (/Filter|Input|Map/.test(String(fieldType))) continue;
      for (const odd of [
        '{"$ne":null}',
        '{"toString":"x"}',
        '[{"x":1}]',
        '{"__proto__":{"x":1}}',
      ]) {
        const others = required
          .split(/,(?=")/)
          .filter((part) => part !== "" && !part.startsWith(`"${name}"`));
        const value = `{${[...others, `${JSON.stringify(name)}:${odd}`].join(",")}}`;
        const { codes } = await postRaw(server, STEWARD, {
          query: document,
          variables: `{"i":${value}}`,
        });
        expect({ name, odd, codes }).toEqual({
          name,
          odd,
          codes: [expect.stringMatching(REFUSED)],
        });
      }
    }
  },
);

describe("attributes of a supposed row", () => {
  const evaluate = async (attributes: string): Promise<readonly string[]> => {
    const query = "query ($i: EvaluateAccessInput!) { evaluateAccess(input: $i) { visible } }";
    const subject = '{"roles":["CS_AGENT"],"organisation":"transferor"}';
    const value = `{"subject":${subject},"purpose":"MARKETING","resource":{"type":"Customer","attributes":${attributes}}}`;
    return (await postRaw(server, AUDITOR, { query, variables: `{"i":${value}}` })).codes;
  };

  test.each([
    ['{"__proto__":{"state":"ACTIVE"}}'],
    ['{"constructor":"x"}'],
    ['{"fullName":"x"}'],
    ['{"state":{"$in":["ACTIVE"]}}'],
    ['{"legalHold":"true"}'],
    ['{"controllerId":"not an id"}'],
    ['{"assignedAgentIds":"x"}'],
    ['{"basisPurposes":[{}]}'],
    ["[]"],
    ['"x"'],
    ["7"],
  ])("%s are refused", async (attributes) => {
    expect(await evaluate(attributes)).toEqual([expect.stringMatching(REFUSED)]);
  });

  test("those of their kind are taken", async () => {
    expect(await evaluate('{"state":"ACTIVE","legalHold":true,"assignedAgentIds":[]}')).toEqual([]);
  });
});
