import { join } from "node:path";
import { packageRoot } from "../../src/lib/package-root.ts";
import { publishedFiles } from "../../src/published-files.ts";
import { expectGolden } from "../support/golden-file.ts";

describe("the contracts under schema/ are what the sources make of them", () => {
  test.each([...publishedFiles()])("%s", (name, text) => {
    expectGolden(join(packageRoot(), "schema", name), text);
  });
});

test("no cell of a published table breaks its row", () => {
  for (const [name, text] of publishedFiles()) {
    const tables = text
      .split(/\n(?!\|)/)
      .map((block) => block.split("\n").filter((line) => line.startsWith("|")));
    for (const rows of name.endsWith(".md") ? tables : []) {
      const widths = new Set(rows.map((row) => row.split(/(?<!\\)\|/).length));
      expect({ name, widths: [...widths] }).toEqual({
        name,
        widths: rows.length === 0 ? [] : [expect.any(Number)],
      });
    }
  }
});
