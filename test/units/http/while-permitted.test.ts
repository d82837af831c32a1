import { publicError } from "../../../src/errors.ts";
import { whilePermitted } from "../../../src/http/while-permitted.ts";

async function* pieces(count: number): AsyncGenerator<Buffer> {
  for (let index = 0; index < count; index += 1) yield Buffer.of(index);
}

async function given(options: Parameters<typeof whilePermitted>[1]): Promise<number[]> {
  const got: number[] = [];
  try {
    for await (const [byte] of whilePermitted(pieces(5), options)) got.push(byte ?? -1);
  } catch {
    got.push(-1);
  }
  return got;
}

test("nothing more is given once it is no longer permitted", async () => {
  let answers = 0;
  const ask = async (): Promise<void> => {
    if ((answers += 1) > 2) throw publicError("EVIDENCE_ENDED");
  };
  expect(await given({ everyMs: 0, ask })).toEqual([0, 1, -1]);
});

test("nobody is asked before the time", async () => {
  const ask = (): Promise<never> => Promise.reject(new Error("asked too early"));
  expect(await given({ everyMs: 60_000, ask })).toEqual([0, 1, 2, 3, 4]);
});
