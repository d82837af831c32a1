import { bundleBytes, evidenceWorld, unpack, verified } from "../../../support/evidence-world.ts";
test("smoke", async () => {
  const world = await evidenceWorld(50);
  const bundle = await bundleBytes(await world.contents(50));
  const files = await unpack(bundle);
  for (const [path, content] of files) console.log(path, content.toString().slice(0, 300));
  const v = await verified(bundle, { keys: [world.log.key] });
  console.log(JSON.stringify({ ...v, keys: [], checkpoint: null }, null, 1));
});
