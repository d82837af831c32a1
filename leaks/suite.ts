import { betrays, codesOf, isAnswered, objectsWithId } from "./answer.ts";
import { CHANNELS, type Channel } from "./channels.ts";
import { Client, type Connection } from "./client.ts";
import type { Finding, Lab, Secret } from "./finding.ts";
import { viewSchema } from "./schema-view.ts";
import { selecting, type Target } from "./target.ts";

/** What was found about one channel. */
export interface Row extends Finding {
  readonly channel: Channel;
}

/** All rows, and how many requests they took. */
export interface Report {
  readonly rows: readonly Row[];
  readonly requests: number;
}

/** Probes every channel of an API, one after another. */
export async function runLeakSuite({
  target,
  connection,
}: {
  target: Target;
  connection: Connection;
}): Promise<Report> {
  const client = new Client(connection);
  const secrets = await secretsOf(client, target);
  const lab: Lab = { client, target, secrets, schema: await viewSchema(client) };
  const rows: Row[] = [];
  for (const channel of CHANNELS)
    for (const finding of await channel.probe(lab)) rows.push({ ...finding, channel });
  return { rows, requests: client.sent };
}

/**
 * Without somebody who reads the values and somebody who does not, nothing could be told apart and
 * every verdict would be good.
 */
async function secretsOf(client: Client, target: Target): Promise<Secret[]> {
  const { id, lookup } = target.object;
  const names = target.fields.map(({ name }) => name);
  const question = { query: selecting(lookup, ...names), variables: { id } };
  const clear = await client.ask("reader", question);
  const masked = await client.ask("masked", question);
  const [whole] = objectsWithId(clear, id);
  const [shown] = objectsWithId(masked, id);
  if (!isAnswered(clear) || whole === undefined)
    throw new Error(`the reader does not see the object ${id}: ${codesOf(clear).join(", ")}`);
  if (!isAnswered(masked) || shown === undefined)
    throw new Error(
      `the masked caller does not see the object ${id}: ${codesOf(masked).join(", ")}`,
    );
  return target.fields.map(({ name, other, masked: pattern, derived }) => {
    const value = whole[name];
    if (typeof value !== "string" || value === other)
      throw new Error(
        `the reader has to read ${name} in clear, as a text other than the other one`,
      );
    if (betrays(masked, value)) throw new Error(`the masked caller reads ${name} in clear`);
    return { field: name, value, other, shown: shown[name], masked: new RegExp(pattern), derived };
  });
}
