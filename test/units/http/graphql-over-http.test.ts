import { serverAudits } from "graphql-http";
import { type HttpWorld, startHttpWorld } from "../../support/http-world.ts";

let world: HttpWorld;
beforeAll(async () => {
  world = await startHttpWorld();
});
afterAll(() => world.close());

/**
 * What we do otherwise, on purpose. A document that does not fit is 422, as the later draft has it.
 * Refusals keep their status under application/json, so that proxies and monitors see them.
 * GET needs a header that a forged request cannot carry.
 */
const DIFFERENT_ON_PURPOSE = new Set(["86EE", "572B", "FDE2", "7B9B", "5A70", "D6D5", "6A70"]);

describe.each([
  ["with a token", "cs-agent"],
  ["without a token", null],
])("the audits of graphql-http %s", (_name, caller) => {
  test("pass, every MUST and all else but what we do otherwise on purpose", async () => {
    const headers =
      caller === null ? {} : { authorization: `Bearer ${await world.tokenOf(caller)}` };
    const audits = serverAudits({
      url: `${world.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, {
          ...init,
          headers: { ...(init.headers as Record<string, string>), ...headers },
        }),
    });
    const results = await Promise.all(audits.map(({ fn }) => fn()));
    const failed = results.filter(({ status }) => status !== "ok");
    const musts = results.filter(({ name }) => name.startsWith("MUST"));
    const passedMusts = musts.filter(({ status }) => status === "ok");
    process.stdout.write(
      `graphql-http audits: ${results.length - failed.length} of ${results.length} pass, ` +
        `${passedMusts.length} of ${musts.length} MUST\n`,
    );
    expect(passedMusts).toHaveLength(musts.length);
    expect(failed.map(({ id }) => id).sort()).toEqual([...DIFFERENT_ON_PURPOSE].sort());
  });
});
