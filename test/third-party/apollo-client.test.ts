import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  ApolloClient,
  ApolloLink,
  CombinedGraphQLErrors,
  gql,
  HttpLink,
  InMemoryCache,
  type TypedDocumentNode,
} from "@apollo/client";
import { buildSchema, type GraphQLSchema, isInterfaceType } from "graphql";
import { map } from "rxjs";
import { packageRoot } from "../../src/lib/package-root.ts";
import { startTestServer, type TestServer } from "../support/start-test-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const ASSIGNED_ID = "0192a000-0000-7000-8000-000000000503";
const UNASSIGNED_ID = "0192a000-0000-7000-8000-000000000504";

interface Customer {
  readonly id: string;
  readonly fullName: string | null;
  readonly phone: string | null;
}

const NUMBERS: TypedDocumentNode<{ customers: { nodes: Customer[] } }> = gql`
  query Numbers {
    customers(first: 2, filter: { customerNo: { in: ["HR-900503", "HR-900504"] } }) {
      nodes {
        id
        fullName
        phone
      }
    }
  }
`;

const ANY: TypedDocumentNode<{ node: Customer | null }, { id: string }> = gql`
  query Any($id: ID!) {
    node(id: $id) {
      id
      ... on Customer {
        fullName
        phone
      }
    }
  }
`;

const CORRECTION: TypedDocumentNode<
  { updateCustomer: { customer: { id: string; email: string; version: number } } },
  { input: object }
> = gql`
  mutation Correction($input: UpdateCustomerInput!) {
    updateCustomer(input: $input) {
      customer {
        id
        email
        version
      }
    }
  }
`;

const EMAIL: TypedDocumentNode<
  { customer: { id: string; email: string | null; version: number | null } },
  { id: string }
> = gql`
  query Email($id: ID!) {
    customer(id: $id) {
      id
      email
      version
    }
  }
`;

test("masked data is data: no error, and extensions.access tells each path below CLEAR", async () => {
  const { client, extensions } = await clientOf("cs-agent", "SERVICE_DELIVERY");
  const { data, error } = await client.query({ query: NUMBERS });
  expect(error).toBeUndefined();
  expect(data?.customers.nodes.map(({ phone }) => phone)).toEqual([
    "+8613912345678",
    "+86 151****5678",
  ]);
  expect(extensions()).toMatchObject({
    access: {
      purpose: "SERVICE_DELIVERY",
      fields: [{ path: "customers.nodes.1.phone", disclosure: "PARTIAL", reason: "NO_CASE" }],
    },
  });
});

test("the cache keeps each customer once, by type and id, whichever path it came on", async () => {
  const { client, cache } = await clientOf("cs-agent", "SERVICE_DELIVERY");
  await client.query({ query: NUMBERS });
  await client.query({ query: ANY, variables: { id: ASSIGNED_ID } });
  const known = Object.keys(cache.extract()).filter((key) => key.startsWith("Customer:"));
  expect(known.sort()).toEqual([`Customer:${ASSIGNED_ID}`, `Customer:${UNASSIGNED_ID}`]);
});

test("a payload renews what the cache knows of the customer", async () => {
  const { client } = await clientOf("data-steward", "DATA_QUALITY");
  const id = UNASSIGNED_ID;
  const before = await client.query({ query: EMAIL, variables: { id } });
  expect(before.data?.customer).toMatchObject({ email: "li.qiang@example.com", version: 1 });
  const input = { id, expectedVersion: 1, email: "q.li@example.com" };
  await client.mutate({ mutation: CORRECTION, variables: { input } });
  const after = await client.query({ query: EMAIL, variables: { id }, fetchPolicy: "cache-only" });
  expect(after.data?.customer).toMatchObject({ email: "q.li@example.com", version: 2 });
});

test("a refusal is an error with a code of the table", async () => {
  const { client } = await clientOf("unrelated-cs-agent", "SERVICE_DELIVERY");
  const { error } = await client.query({
    query: ANY,
    variables: { id: ASSIGNED_ID },
    errorPolicy: "all",
  });
  expect(CombinedGraphQLErrors.is(error)).toBe(true);
  expect((error as CombinedGraphQLErrors).errors[0]?.extensions).toMatchObject({
    code: "NOT_FOUND",
  });
});

/** A client as a frontend would make it, with an ear on the extensions of its latest answer. */
async function clientOf(
  caller: string,
  purpose: string,
): Promise<{ client: ApolloClient; cache: InMemoryCache; extensions: () => unknown }> {
  let latest: unknown;
  const listen = new ApolloLink((operation, forward) =>
    forward(operation).pipe(
      map((answer) => {
        latest = "extensions" in answer ? answer.extensions : undefined;
        return answer;
      }),
    ),
  );
  const headers = { authorization: `Bearer ${await server.tokenOf(caller)}`, "x-purpose": purpose };
  const http = new HttpLink({ uri: `${server.url}/graphql`, headers });
  const cache = new InMemoryCache({ possibleTypes: possibleTypesOf(publishedSchema()) });
  return {
    client: new ApolloClient({ link: listen.concat(http), cache }),
    cache,
    extensions: () => latest,
  };
}

function publishedSchema(): GraphQLSchema {
  return buildSchema(readFileSync(join(packageRoot(), "schema", "schema.graphql"), "utf8"));
}

/** What a frontend's build takes from the published schema, so that fragments on interfaces match. */
function possibleTypesOf(schema: GraphQLSchema): Record<string, string[]> {
  const interfaces = Object.values(schema.getTypeMap()).filter(isInterfaceType);
  return Object.fromEntries(
    interfaces.map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]),
  );
}
