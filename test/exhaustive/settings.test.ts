import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadConfig, SETTINGS } from "../../src/config.ts";
import { describeConfig } from "../../src/config-lines.ts";
import { packageRoot } from "../../src/lib/package-root.ts";
import { namesOf, type Setting } from "../../src/setting.ts";

const settings = Object.entries<Setting<unknown>>(SETTINGS);

test.each(settings)("%s says in a sentence what it does", (_name, { doc }) => {
  expect(doc).toMatch(/^[A-Z`].{15,}\.$/);
});

test.each(settings)("%s is read from names in capitals", (_name, record) => {
  for (const name of namesOf(record)) expect(name).toMatch(/^[A-Z][A-Z0-9_]+$/);
});

test("no two settings listen to one name", () => {
  const names = settings.flatMap(([, record]) => namesOf(record));
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test("numbers tell their unit, in their name or beside it", () => {
  const numbers = settings.filter(([, record]) => typeof record.default === "number");
  // Numbers of things, which the sentence names.
  const counts = ["port", "databasePoolMax", "maxAliases"];
  const unclear = numbers.filter(
    ([name, { unit }]) => unit === undefined && !counts.includes(name),
  );
  expect(unclear.map(([name]) => name)).toEqual([]);
});

test("`custodia config` lists every setting", () => {
  const lines = describeConfig(loadConfig({}));
  expect(lines.map(({ doc }) => doc)).toEqual(settings.map(([, { doc }]) => doc));
});

test("no other file reads the environment", () => {
  const files = globSync("src/**/*.ts", { cwd: packageRoot() });
  const reads = (file: string): boolean =>
    readFileSync(join(packageRoot(), file), "utf8").includes("process.env");
  expect(files.filter(reads)).toEqual(["src/config.ts"]);
});
