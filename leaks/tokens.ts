import type { Connection } from "./client.ts";
import type { Target } from "./target.ts";

type Tokens = { readonly reader: string | undefined; readonly masked: string | undefined };

/** Headers of both callers, with tokens from the command line or from the development issuer. */
export async function callerHeaders(
  url: URL,
  { target, tokens }: { target: Target; tokens: Tokens },
): Promise<Connection["headers"]> {
  const of = async (role: "reader" | "masked"): Promise<Record<string, string>> => {
    const { name, headers } = target.callers[role];
    const token = tokens[role] ?? (await issuedToken(url, { issuer: target.issuer, name, role }));
    return { authorization: `Bearer ${token}`, ...headers };
  };
  return { reader: await of("reader"), masked: await of("masked") };
}

async function issuedToken(
  url: URL,
  { issuer, name, role }: { issuer: string | null; name: string; role: string },
): Promise<string> {
  if (issuer === null)
    throw new Error(`--token-${role} is missing, and the target names no issuer`);
  const response = await fetch(new URL(issuer, url), {
    method: "POST",
    redirect: "error",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ caller: name }),
  });
  if (!response.ok)
    throw new Error(`${issuer} gave no token for ${name} (HTTP ${response.status})`);
  const { token } = (await response.json()) as { token?: unknown };
  if (typeof token !== "string") throw new Error(`${issuer} gave no token for ${name}`);
  return token;
}
