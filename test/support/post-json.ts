import { once } from "node:events";
import { type Agent, type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";

/** An answer to a document that was sent as JSON. */
export interface PostedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Sends JSON as `fetch` does, in a third of its time: the properties ask ten thousands of times. */
export async function postJson(
  url: string,
  sent: { agent: Agent; headers: Readonly<Record<string, string>>; body: unknown },
): Promise<PostedAnswer> {
  const { agent, headers, body } = sent;
  const asked = request(url, {
    method: "POST",
    agent,
    headers: { accept: "*/*", "content-type": "application/json", ...headers },
  });
  asked.end(JSON.stringify(body));
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const read = await text(answer);
  return {
    status: answer.statusCode ?? 0,
    headers: headersOf(answer),
    body: JSON.parse(read) as unknown,
  };
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2)
    headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  return headers;
}
