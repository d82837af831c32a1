// PostGraphile 5 on the same tables: row security tells which rows, views mask what they show.
import { createServer } from "node:http";
import { grafserv } from "postgraphile/grafserv/node";
import { makePgService } from "postgraphile/adaptors/pg";
import { PostGraphileAmberPreset } from "postgraphile/presets/amber";
import { postgraphile } from "postgraphile";
import { CALLER_HEADER, peerCaller } from "./rows.ts";

const preset = {
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.argv[2] ?? "",
      schemas: ["bench"],
      poolConfig: { max: 10 },
    }),
  ],
  grafast: {
    explain: false,
    context: ({ node }: { node?: { req: { headers: Record<string, unknown> } } }) => {
      const { id, organisationId, purpose } = peerCaller(node?.req.headers[CALLER_HEADER]);
      return {
        pgSettings: {
          role: "bench_caller",
          "bench.caller": id,
          "bench.organisation": organisationId,
          "bench.purpose": purpose,
        },
      };
    },
  },
  grafserv: { watch: false, graphiql: false },
};
const pgl = postgraphile(preset as never);
const server = createServer();
const serv = pgl.createServ(grafserv as never) as unknown as {
  addTo(server: unknown): Promise<void>;
};
await serv.addTo(server);
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
console.log(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
process.once("SIGTERM", () => process.exit(0));
