import Table from "cli-table3";
import { Command } from "commander";
import type { App } from "../app.ts";
import { loadConfig } from "../config.ts";
import { DEMO_CALLERS, DEMO_CUSTOMER_IDS, type DemoCaller } from "../identity/demo-callers.ts";
import { BootError } from "../lib/boot-error.ts";
import { seedEmptyDatabase } from "./seed-empty-database.ts";

const FIELDS = [
  "fullName",
  "phone",
  "region",
  "idNumber",
  "birthDate",
  "bankAccount",
  "purchaseTotal",
  "healthStatus",
  "state",
] as const;

interface Answer {
  readonly data?: { readonly customer: Readonly<Record<string, string | null>> | null };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

/** `custodia demo`: one customer as the API answers it to every demo caller, as a table. */
export function demoCommand(): Command {
  return new Command("demo")
    .description("print a table of callers and fields of one customer, as the API answers it")
    .option("--customer <id>", "id of the customer", DEMO_CUSTOMER_IDS.transferor)
    .action(async ({ customer }: { customer: string }) => {
      const config = { ...loadConfig(), port: 0, host: "127.0.0.1", logLevel: "silent" };
      if (config.mode === "production")
        throw new BootError("There are no demo callers in production.");
      const { createApp } = await import("../app.ts");
      const app = await createApp({ config, seed: seedEmptyDatabase, mayShareDatabase: true });
      try {
        process.stdout.write(`${await demoTable({ app, customer })}\n`);
      } finally {
        await app.close();
      }
    });
}

async function demoTable({ app, customer }: { app: App; customer: string }): Promise<string> {
  const address = await app.listen();
  const table = new Table({
    head: ["caller", "purpose", ...FIELDS],
    style: { head: [], border: [] },
  });
  for (const caller of DEMO_CALLERS) {
    for (const purpose of caller.purposes) {
      const answer = await ask({ app, address, caller, purpose, customer });
      table.push([caller.name, purpose, ...cellsOf(answer)]);
    }
  }
  return table.toString();
}

async function ask({
  app,
  address,
  caller,
  purpose,
  customer,
}: {
  app: App;
  address: string;
  caller: DemoCaller;
  purpose: string;
  customer: string;
}): Promise<Answer> {
  const token = await app.developmentIssuer?.issueDemoToken({
    demoCaller: caller,
    purpose,
    now: new Date(),
  });
  const response = await fetch(`${address}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: JSON.stringify({
      query: `query Demo($id: ID!) { customer(id: $id) { ${FIELDS.join(" ")} } }`,
      variables: { id: customer },
    }),
  });
  return (await response.json()) as Answer;
}

function cellsOf({ data, errors }: Answer): string[] {
  const customer = data?.customer;
  if (customer == null)
    return [errors?.[0]?.extensions.code ?? "", ...FIELDS.slice(1).map(() => "")];
  return FIELDS.map((field) => customer[field] ?? "–");
}
