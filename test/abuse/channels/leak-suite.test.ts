import { spawn } from "node:child_process";
import { join } from "node:path";
import { CHANNELS } from "../../../leaks/channels.ts";
import { isLoopback, readOptions } from "../../../leaks/options.ts";
import { inWords } from "../../../leaks/print.ts";
import { type Report, runLeakSuite } from "../../../leaks/suite.ts";
import { readTarget } from "../../../leaks/target.ts";
import { packageRoot } from "../../../src/lib/package-root.ts";
import { startLeakyApi } from "../../support/leaky-api.ts";

const TARGET_FILE = join(packageRoot(), "test", "support", "leaky-api.yaml");
const TARGET = readTarget(TARGET_FILE);
const HEADERS = {
  reader: { authorization: "Bearer reader" },
  masked: { authorization: "Bearer masked" },
};

/** Rows about what the leaky API does not have; the time of row 27 is measured and never judged. */
const NOT_FOUND = new Map<number | string, string>([
  [6, "does not apply"],
  [10, "does not apply"],
  [11, "does not apply"],
  [13, "does not apply"],
  [27, "measured"],
  [32, "does not apply"],
]);

/** Values that the leaky API holds; a report about it is read by more people than may read them. */
const HELD = ["+8613800135678", "+8613700246789", "zhang@example.com", "湖滨南路201号27室"];

let api: Awaited<ReturnType<typeof startLeakyApi>>;
let report: Report;
beforeAll(async () => {
  api = await startLeakyApi();
  const connection = { url: api.url, maxRequests: 1_500, headers: HEADERS };
  report = await runLeakSuite({ target: TARGET, connection });
});
afterAll(() => api.close());

describe("an API with every fault", () => {
  test.each(CHANNELS)("row $number, $name: the fault is found", ({ number }) => {
    const rows = report.rows.filter(({ channel }) => channel.number === number);
    const expected = NOT_FOUND.get(number) ?? "open";
    expect(rows.map(({ verdict }) => verdict)).toContain(expected);
  });

  test("the report names fields, and repeats no value", () => {
    const text = `${inWords(report)}${JSON.stringify(report.rows)}`;
    expect(text).toContain("phone");
    expect(HELD.filter((value) => text.includes(value))).toEqual([]);
  });
});

describe("the suite", () => {
  test("sends no more requests than it was allowed", async () => {
    const connection = { url: api.url, maxRequests: 20, headers: HEADERS };
    await expect(runLeakSuite({ target: TARGET, connection })).rejects.toThrow("--max-requests");
    expect(report.requests).toBeLessThan(400);
  });

  test("proves nothing with a reader who is masked too, or a masked caller who reads", async () => {
    const run = (reader: object, masked: object) =>
      runLeakSuite({
        target: TARGET,
        connection: {
          url: api.url,
          maxRequests: 100,
          headers: { reader, masked } as typeof HEADERS,
        },
      });
    await expect(run(HEADERS.reader, HEADERS.reader)).rejects.toThrow("reads phone in clear");
    await expect(
      runLeakSuite({
        target: { ...TARGET, object: { ...TARGET.object, id: TARGET.object.absent } },
        connection: { url: api.url, maxRequests: 100, headers: HEADERS },
      }),
    ).rejects.toThrow("the reader does not see the object");
  });

  test.each(["localhost", "127.0.0.1", "127.9.9.9", "[::1]"])("asks %s without leave", (host) => {
    expect(readOptions(["--url", `http://${host}:4000/graphql`])?.url.hostname).toBe(host);
  });

  test.each([
    "example.com",
    "127.0.0.1.example.com",
    "localhost.example.com",
    "10.0.0.1",
    "0.0.0.0",
  ])("asks %s only where that host is allowed by name", (host) => {
    const words = ["--url", `https://${host}/graphql`];
    expect(isLoopback(host)).toBe(false);
    expect(() => readOptions(words)).toThrow(`--allow-host ${host}`);
    expect(() => readOptions([...words, "--allow-host", "other.example"])).toThrow("--allow-host");
    expect(readOptions([...words, "--allow-host", host])?.url.hostname).toBe(host);
  });

  test("ends with 1 when a channel is open", async () => {
    const tokens = ["--token-reader", "reader", "--token-masked", "masked"];
    const { code, output } = await leaks("--url", api.url, "--target", TARGET_FILE, ...tokens);
    expect(output).toContain("│ open ");
    expect(code).toBe(1);
  });

  test("ends with 2 when nothing could be found out", async () => {
    const { code, output } = await leaks("--url", api.url, "--target", TARGET_FILE);
    expect(output).toContain("leaks: --token-reader is missing");
    expect(code).toBe(2);
  });
});

function leaks(...words: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join(packageRoot(), "leaks", "main.ts"), ...words]);
  let output = "";
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout.on("data", collect);
  child.stderr.on("data", collect);
  return new Promise((resolve) => void child.on("close", (code) => resolve({ code, output })));
}
