import { type GraphQLSchema, isInputObjectType } from "graphql";
import { settlePopulation } from "../support/population.ts";
import { postRaw, REFUSED } from "../support/raw-post.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";
import { INPUTS } from "../support/tried-inputs.ts";

const STEWARD = { caller: "data-steward", purpose: "DATA_QUALITY" };
const AUDITOR = { caller: "internal-auditor", purpose: "COMPLIANCE_AUDIT" };

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
