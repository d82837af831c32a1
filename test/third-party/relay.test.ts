import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { packageRoot } from "../../src/lib/package-root.ts";

const run = promisify(execFile);
const compiler = createRequire(import.meta.url)("relay-compiler") as string;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "custodia-relay-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that Relay makes something of: a connection, a fragment to fetch again, a mutation. */
const COMPONENT = `
import { graphql } from "react-relay";

graphql\`
  fragment Ledger_viewer on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "LedgerPaginationQuery") {
    customers(first: $count, after: $cursor) @connection(key: "Ledger_customers") {
      edges {
        node {
          id
          ...Ledger_customer
        }
      }
    }
  }
\`;

graphql\`
  fragment Ledger_customer on Customer @refetchable(queryName: "LedgerCustomerQuery") {
    fullName
    phone
    birthDate
    transfers(first: 5) {
      nodes {
        code
        state
      }
    }
  }
\`;

graphql\`
  query LedgerQuery($ids: [ID!]!, $filter: CustomerFilter) {
    ...Ledger_viewer
    latest: customers(last: 3, filter: $filter) {
      totalCount
    }
    nodes(ids: $ids) {
      __typename
      id
    }
  }
\`;

graphql\`
  mutation LedgerUpdateMutation($input: UpdateCustomerInput!) {
    updateCustomer(input: $input) {
      clientMutationId
      customer {
        id
        version
        ...Ledger_customer
      }
    }
  }
\`;
`;

test("the Relay compiler takes the published schema, connections and refetching by id included", async () => {
  const output = await compile(COMPONENT);
  expect(output.code === 0 ? "compiled" : output.text).toBe("compiled");
  const generated = [
    "LedgerQuery",
    "LedgerPaginationQuery",
    "LedgerCustomerQuery",
    "LedgerUpdateMutation",
    "Ledger_viewer",
    "Ledger_customer",
  ];
  for (const name of generated) {
    expect(existsSync(join(folder, "__generated__", `${name}.graphql.ts`))).toBe(true);
  }
});

test("the compiler refuses a field that is not there, so that the test above can fail", async () => {
  const output = await compile(COMPONENT.replace("birthDate", "birthdate"));
  expect(output.code).not.toBe(0);
  expect(output.text).toContain("birthdate");
});

async function compile(component: string): Promise<{ code: number; text: string }> {
  writeFileSync(join(folder, "Ledger.ts"), component);
  const config = {
    src: ".",
    language: "typescript",
    schema: "schema.graphql",
    eagerEsModules: true,
    noFutureProofEnums: true,
  };
  writeFileSync(join(folder, "relay.config.json"), JSON.stringify(config));
  cpSync(join(packageRoot(), "schema", "schema.graphql"), join(folder, "schema.graphql"));
  try {
    const { stdout, stderr } = await run(compiler, ["relay.config.json"], { cwd: folder });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
}
