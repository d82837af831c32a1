// The floor: what the same rows cost with nothing in between. Started by bench.ts as a child.
import Fastify from "fastify";
import pg from "pg";

const [url = "", controllerId = ""] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: url, max: 10 });
const server = Fastify({ logger: false });
server.get("/list", async () => {
  const { rows } = await pool.query({
    name: "list",
    text: `select id, full_name, phone, email, region, state, id_number_partial
             from customer where controller_id = $1 and state not in ('SEALED', 'DESTROYED')
            order by id limit 100`,
    values: [controllerId],
  });
  return { data: rows };
});
console.log(await server.listen({ port: 0, host: "127.0.0.1" }));
process.on("SIGTERM", () => process.exit(0));
