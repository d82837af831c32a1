import Table from "cli-table3";
import { DEMO_CALLERS, DEMO_CUSTOMER_IDS } from "../identity/demo-callers.ts";
import type { Serving } from "../worker-processes.ts";

/** What `npm start` prints: where it serves, who can call, and one request as two callers. */
export function welcome({
  address,
  policyVersion,
  hasDemoCallers,
  seconds,
}: Serving["serving"] & { seconds: string }): string {
  const lines = [
    "",
    `Custodia serves ${address}/graphql (ready after ${seconds} s)`,
    `A page to try it: ${address}/`,
    `Policy version: ${policyVersion.slice(0, 12)}`,
  ];
  if (hasDemoCallers) {
    lines.push("", "Demo callers", callersTable(), ...howToAsk(address));
  }
  return `${lines.join("\n")}\n\n`;
}

function callersTable(): string {
  const table = new Table({
    head: ["caller", "what for", "purposes"],
    style: { head: [], border: [] },
    colWidths: [31, 62, 42],
    wordWrap: true,
  });
  for (const caller of DEMO_CALLERS) {
    table.push([caller.name, caller.about, caller.purposes.join(", ")]);
  }
  return table.toString();
}

/** The same request as two callers: the customer is the same, the answers are not. */
function howToAsk(address: string): string[] {
  const query = `{ customer(id: \\"${DEMO_CUSTOMER_IDS.transferor}\\") { fullName phone idNumber bankAccount healthStatus access(fields: [\\"phone\\", \\"idNumber\\"]) { field disclosure reason } } }`;
  const asCaller = (caller: string, purpose: string): string =>
    [
      `curl -s ${address}/graphql -H 'content-type: application/json' \\`,
      `  -H "authorization: Bearer $(npm run -s token -- ${caller} --purpose ${purpose})" \\`,
      `  -d '{"query":"${query}"}'; echo`,
    ].join("\n");
  return [
    "",
    "A token: npm run -s token -- cs-agent --purpose SERVICE_DELIVERY",
    "(a token without --purpose carries all of the caller's purposes; choose one with the header X-Purpose)",
    "",
    "One customer as two callers; paste both:",
    "",
    asCaller("cs-agent", "SERVICE_DELIVERY"),
    "",
    asCaller("internal-auditor", "COMPLIANCE_AUDIT"),
    "",
    "Stop with Ctrl-C.",
  ];
}
