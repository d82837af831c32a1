import { unprivilegedAccount } from "../../../../src/database/embedded/account.ts";

const debian = `root:x:0:0:root:/root:/bin/bash
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
alice:x:1000:1000::/home/alice:/bin/bash
postgres:x:101:104:PostgreSQL administrator,,,:/var/lib/postgresql:/bin/bash
`;
const bare = "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/sbin/nologin\n";

test("root hands the server to the account made for it", () => {
  expect(unprivilegedAccount({ passwd: debian })).toEqual({ name: "postgres", uid: 101, gid: 104 });
});

test("without that account, to nobody", () => {
  expect(unprivilegedAccount({ passwd: bare })?.name).toBe("nobody");
});

test("an existing cluster keeps its owner", () => {
  expect(unprivilegedAccount({ passwd: debian, clusterOwner: 1000 })?.name).toBe("alice");
});

test("never to root, whoever owns the cluster", () => {
  expect(unprivilegedAccount({ passwd: debian, clusterOwner: 0 })?.name).toBe("postgres");
  expect(unprivilegedAccount({ passwd: "root:x:0:0:root:/root:/bin/sh\n" })).toBeUndefined();
});
