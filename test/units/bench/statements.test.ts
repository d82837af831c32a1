import { countStatements, messageReader } from "../../../bench/run/statements.ts";
import pg from "pg";
import { freshDatabase } from "../../support/fresh-database.ts";

test("each execution is counted with its text, prepared or not, wherever messages are cut", async () => {
  const database = await freshDatabase({ empty: true });
  const counter = await countStatements(database.url);
  const client = new pg.Client({ connectionString: counter.url });
  await client.connect();
  await client.query("select 1");
  for (const value of [1, 2])
    await client.query({ name: "kept", text: "select $1::int", values: [value] });
  await client.query("select $1::text", ["x".repeat(100_000)]);
  await client.end();
  expect(counter.take()).toEqual([
    "select 1",
    "select $1::int",
    "select $1::int",
    "select $1::text",
  ]);
  expect(counter.take()).toEqual([]);
  await counter.close();
  await database.drop();
});

test("a message that comes byte by byte is read once it is whole", () => {
  const heard: string[] = [];
  const read = messageReader((text) => heard.push(text));
  const start = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);
  const query = Buffer.concat([
    Buffer.from("Q"),
    Buffer.from([0, 0, 0, 13]),
    Buffer.from("select 1\0"),
  ]);
  for (const byte of Buffer.concat([start, query, query])) read(Buffer.from([byte]));
  expect(heard).toEqual(["select 1", "select 1"]);
});
