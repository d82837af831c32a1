import {
  type Entrance,
  firstClosed,
  mayEnter,
} from "../../../../src/database/embedded/reachable.ts";

const postgres = { name: "postgres", uid: 101, gid: 104 };

const folder = (mode: number, owner: Partial<Entrance> = {}): Entrance => ({
  path: "/srv",
  uid: 0,
  gid: 0,
  mode,
  ...owner,
});

describe("mayEnter", () => {
  test.each([
    ["a folder of root that is open to all", folder(0o755), true],
    ["a folder of root that may only be passed through", folder(0o711), true],
    ["root's home", folder(0o700), false],
    ["a folder that may be listed but not entered", folder(0o744), false],
    ["its own folder", folder(0o700, { uid: 101 }), true],
    [
      "its own folder, closed to the owner though open to others",
      folder(0o077, { uid: 101 }),
      false,
    ],
    ["a folder of its group", folder(0o750, { gid: 104 }), true],
    ["a folder closed to its group though open to others", folder(0o705, { gid: 104 }), false],
  ])("%s", (_description, entrance, expected) => {
    expect(mayEnter(postgres, entrance)).toBe(expected);
  });
});

test("the first closed place on the way is named, from the root down", () => {
  const way = [
    folder(0o755, { path: "/" }),
    folder(0o700, { path: "/root" }),
    folder(0o700, { path: "/root/custodia" }),
  ];
  expect(firstClosed(postgres, way)).toBe("/root");
  expect(firstClosed(postgres, way.slice(0, 1))).toBeUndefined();
});
