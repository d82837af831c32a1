import pg from "pg";
import { postJson } from "../../support/post-json.ts";
import { startTestServer, type TestServer } from "../../support/start-test-server.ts";
import type { Answer } from "./answer.ts";
import { addOtherPrincipals, type Asker, askersOf, PRINCIPALS } from "./askers.ts";
import { settleWorld, type World } from "./world.ts";

/** A server over the generated ledger, and everybody who asks it. */
export interface ServedWorld {
  readonly server: TestServer;
  readonly client: pg.Client;
  readonly world: World;
  readonly askers: readonly Asker[];
  ask(asker: Asker, query: string): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts a server over HTTP, on the product's policy unless the settings name another folder. */
export async function serveWorld(
  settings: Readonly<Record<string, string>> = {},
): Promise<ServedWorld> {
  const server = await startTestServer({
    settings: { MAX_COST: "10000000", MAX_ALIASES: "1000", ...settings },
  });
  const client = new pg.Client(server.database.url);
  await client.connect();
  await addOtherPrincipals(server);
  const agents = PRINCIPALS.map(({ id }) => id);
  return {
    server,
    client,
    world: await settleWorld(server, client, agents),
    askers: askersOf(server),
    ask: async ({ facts, token }, query) => {
      const { body } = await postJson(`${server.url}/graphql`, {
        agent: server.agent,
        headers: { authorization: `Bearer ${await token()}`, "x-purpose": facts.purpose },
        body: { query },
      });
      return body as Answer;
    },
    close: async () => {
      await client.end();
      await server.close();
    },
  };
}
