import { runProduct } from "./run/product.ts";

/** Who asks, by the names of the demonstration's callers. */
export const CALLERS = {
  agent: { name: "cs-agent", purpose: "SERVICE_DELIVERY" },
  manager: { name: "transfer-manager", purpose: "TRANSFER_EXECUTION" },
  opener: { name: "transferee-cs-agent", purpose: "SERVICE_DELIVERY" },
  liaison: { name: "gov-liaison", purpose: "LEGAL_DISCLOSURE" },
  auditor: { name: "internal-auditor", purpose: "COMPLIANCE_AUDIT" },
} as const;

/** One of them. */
export type CallerName = keyof typeof CALLERS;

/** Tokens are good for an hour and are made anew long before. */
const MOST_AGE_MS = 20 * 60_000;

/** Gives the token of a caller, made by the product's own command. */
export type TokenOf = (caller: CallerName) => Promise<string>;

/** Tokens for servers with these settings. */
export function tokensFor(env: NodeJS.ProcessEnv): TokenOf {
  const made = new Map<CallerName, { readonly token: Promise<string>; readonly at: number }>();
  return (caller) => {
    const known = made.get(caller);
    if (known !== undefined && performance.now() - known.at < MOST_AGE_MS) return known.token;
    const { name, purpose } = CALLERS[caller];
    const token = runProduct(["token", name, "--purpose", purpose], env);
    made.set(caller, { token, at: performance.now() });
    return token;
  };
}
