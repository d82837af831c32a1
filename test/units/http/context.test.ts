import { publicError } from "../../../src/errors.ts";
import { type ContextRequest } from "../../../src/http/graphql-route.ts";
import { startHttpWorld } from "../../support/http-world.ts";

describe("the context of an operation", () => {
  test("is made of caller, purpose, one instant and the request id", async () => {
    const made: ContextRequest[] = [];
    const now = new Date();
    const world = await startHttpWorld({
      now: () => now,
      createContext: (request) => {
        made.push(request);
        return { caller: request.caller };
      },
    });
    const headers = { "x-purpose": "CUSTOMER_CARE", "x-request-id": "request-0001" };
    await world.ask({ query: "{ cost }" }, { headers });
    const [request] = made;
    expect(request?.caller).toMatchObject({ name: "cs-agent", purpose: "CUSTOMER_CARE" });
    expect(request?.now).toBe(now);
    expect(request?.requestId).toBe("request-0001");
    await world.close();
  });

  test("that cannot be made answers with the code and status of its reason", async () => {
    const world = await startHttpWorld({
      createContext: () => {
        throw publicError("SERVICE_UNAVAILABLE");
      },
    });
    const { status, json } = await world.ask({ query: "{ cost }" });
    expect(status).toBe(503);
    expect(json.errors?.[0]?.extensions["code"]).toBe("SERVICE_UNAVAILABLE");
    expect(json).not.toHaveProperty("data");
    await world.close();
  });

  test("knows what the operation costs", async () => {
    const world = await startHttpWorld();
    const { json } = await world.ask({
      query: "query($n: Int = 5) { cost customers(first: $n) { nodes { id fullName } } }",
      variables: { n: 7 },
    });
    // `cost`, the connection, and in each of 7 rows the node and its two fields
    expect(json.data?.["cost"]).toBe(1 + 1 + 7 * 3);
    await world.close();
  });
});
