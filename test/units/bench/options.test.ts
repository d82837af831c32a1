import { readOptions } from "../../../bench/lib/options.ts";

test("words win over the environment, and both over the size", () => {
  const options = readOptions(["--smoke", "--rounds", "2", "--only", "W1, W2"], {
    BENCH_ROUNDS: "9",
    BENCH_SECONDS: "3",
  });
  expect(options).toMatchObject({
    size: "smoke",
    rounds: 2,
    seconds: 3,
    only: ["W1", "W2"],
    peers: [],
    dataDir: null,
  });
  expect(readOptions([], {}).data).toEqual({
    customers: 100_000,
    transfers: 10_000,
    itemsPerTransfer: 100,
  });
});

test("a word that is no option is refused, and so is a number that is none", () => {
  expect(() => readOptions(["--round", "2"], {})).toThrow(/--round/);
  expect(() => readOptions(["W2"], {})).toThrow(/no option/);
  expect(() => readOptions([], { BENCH_ROUNDS: "many" })).toThrow(/BENCH_ROUNDS/);
});
