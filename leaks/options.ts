import { isIP } from "node:net";
import { join } from "node:path";
import { parseArgs } from "node:util";

export const USAGE = `Usage: npm run leaks -- --url http://127.0.0.1:4000/graphql

  --url URL             the GraphQL endpoint
  --target FILE         what the suite has to know of the API (default: leaks/custodia.yaml)
  --token-reader TOKEN  of a caller who reads the protected fields in clear
  --token-masked TOKEN  of a caller who may not
  --allow-host HOST     leave to send requests to a host that is not this machine
  --max-requests N      most requests to send (default: 1500)
  --json                print JSON instead of a table`;

/** What the command line says. */
export interface Options {
  readonly url: URL;
  readonly target: string;
  readonly tokens: { readonly reader: string | undefined; readonly masked: string | undefined };
  readonly maxRequests: number;
  readonly json: boolean;
}

/** Reads the command line; null where only help was wanted. */
export function readOptions(words: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...words],
    options: {
      url: { type: "string" },
      target: { type: "string", default: join(import.meta.dirname, "custodia.yaml") },
      "token-reader": { type: "string" },
      "token-masked": { type: "string" },
      "allow-host": { type: "string" },
      "max-requests": { type: "string", default: "1500" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return null;
  if (values.url === undefined) throw new Error(`--url is missing\n\n${USAGE}`);
  const url = new URL(values.url);
  if (!/^https?:$/.test(url.protocol)) throw new Error(`${url.protocol} is not HTTP`);
  if (!isLoopback(url.hostname) && url.hostname !== values["allow-host"])
    throw new Error(
      `${url.hostname} is not this machine; --allow-host ${url.hostname} gives leave`,
    );
  const maxRequests = Number(values["max-requests"]);
  if (!Number.isInteger(maxRequests) || maxRequests < 1)
    throw new Error("--max-requests is a whole number from 1");
  return {
    url,
    target: values.target,
    tokens: { reader: values["token-reader"], masked: values["token-masked"] },
    maxRequests,
    json: values.json,
  };
}

/** A name that only looks like an address of this machine is none. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "");
  return host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));
}
