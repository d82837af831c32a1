/** The database that every test's own is copied from. */
export const TEMPLATE_DATABASE = "custodia_template";

/** The same, with what a server makes at its first start. */
export const SERVED_TEMPLATE_DATABASE = "custodia_served_template";

/** The server of this run, as its superuser. */
export function testServerUrl(): string {
  const url = process.env["CUSTODIA_TEST_SERVER"];
  if (url === undefined)
    throw new Error("Tests that need a database are run by Jest, whose setup starts one.");
  return url;
}

/** The same server, another database. */
export function databaseUrl(name: string): string {
  const url = new URL(testServerUrl());
  url.pathname = name;
  return url.href;
}

/** File of the master key under which the template's organisations have their keys. */
export function testMasterKeyFile(): string {
  const path = process.env["CUSTODIA_TEST_MASTER_KEY"];
  if (path === undefined)
    throw new Error("Tests that need a database are run by Jest, whose setup starts one.");
  return path;
}
