import { join, relative } from "node:path";
import { digestOf, readPolicyFiles } from "../../../src/policy/document.ts";
import { smallPolicy } from "../../support/small-policy.ts";

const FILES = smallPolicy();
const POLICIES = join(import.meta.dirname, "../../../policies");

test("the version of a policy is a SHA-256 in hex", () => {
  expect(digestOf(FILES)).toMatch(/^[0-9a-f]{64}$/);
});

test("neither the order of files nor their line endings change it", () => {
  expect(digestOf([...FILES].reverse())).toBe(digestOf(FILES));
  const windows = FILES.map(({ name, text }) => ({ name, text: text.replaceAll("\n", "\r\n") }));
  expect(digestOf(windows)).toBe(digestOf(FILES));
});

test("one character, one name or one file more changes it", () => {
  const [first, ...others] = FILES;
  const texts = [
    [{ name: first?.name ?? "", text: `${first?.text}#` }, ...others],
    [{ name: `x${first?.name}`, text: first?.text ?? "" }, ...others],
    [...FILES, { name: "empty.yaml", text: "" }],
  ].map(digestOf);
  expect(new Set([...texts, digestOf(FILES)]).size).toBe(4);
});

test("what stands at the end of one file is not the beginning of the next", () => {
  const split = (at: number) =>
    digestOf([
      { name: "a", text: "stops".slice(0, at) },
      { name: "b", text: "stops".slice(at) },
    ]);
  expect(split(2)).not.toBe(split(3));
});

test("the names of files don't depend on how the folder is written", () => {
  const names = readPolicyFiles(POLICIES).map(({ name }) => name);
  expect(names).toContain("roles/cs-agent.yaml");
  expect(names).toContain("rows.yaml");
  for (const folder of [
    `${POLICIES}/`,
    relative(".", POLICIES),
    `./${relative(".", POLICIES)}/.`,
  ]) {
    expect(readPolicyFiles(folder).map(({ name }) => name)).toEqual(names);
  }
});
