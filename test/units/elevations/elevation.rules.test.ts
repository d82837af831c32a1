import {
  changeBy,
  changeByTime,
  type ElevationStatus,
  type ElevationStep,
  expectAnother,
} from "../../../src/elevations/elevation.rules.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const minutes = (count: number): Date => new Date(NOW.getTime() + count * 60_000);
const TERMS = { mostMinutes: 60, lapsesAfterMinutes: 240, reviewWithinDays: 3 };
const APPROVE: ElevationStep = { kind: "approve", terms: TERMS };
const REJECT: ElevationStep = { kind: "reject", note: "No." };
const END: ElevationStep = { kind: "end" };
const REVIEW: ElevationStep = { kind: "review", outcome: "JUSTIFIED", note: "Yes." };
const actor = { id: "another", name: "Another" };

const REQUESTED: ElevationStatus = {
  state: "REQUESTED",
  requesterId: "requester",
  approverId: null,
  minutes: 20,
  lapsesAt: minutes(240),
  until: null,
  reviewState: null,
  reviewDueAt: null,
};
const APPROVED: ElevationStatus = {
  ...REQUESTED,
  state: "APPROVED",
  approverId: "approver",
  until: minutes(20),
  reviewState: "DUE",
  reviewDueAt: minutes(3 * 24 * 60),
};
const ENDED: ElevationStatus = { ...APPROVED, state: "ENDED" };

test("an approval opens for the minutes asked for and sets the review", () => {
  expect(changeBy(APPROVE, { is: REQUESTED, actor, now: NOW })).toEqual({
    state: "APPROVED",
    approverId: "another",
    decidedBy: "Another",
    decidedAt: NOW,
    until: minutes(20),
    reviewState: "DUE",
    reviewDueAt: minutes(3 * 24 * 60),
  });
});

test("it opens for no longer than policy allows when it is approved", () => {
  const strict: ElevationStep = { kind: "approve", terms: { ...TERMS, mostMinutes: 5 } };
  expect(changeBy(strict, { is: REQUESTED, actor, now: NOW })["until"]).toEqual(minutes(5));
});

test("an end is at once", () => {
  expect(changeBy(END, { is: APPROVED, actor, now: minutes(3) })).toEqual({
    state: "ENDED",
    until: minutes(3),
    endedBy: "Another",
  });
});

test.each([
  ["approve", APPROVE, ["REQUESTED"]],
  ["reject", REJECT, ["REQUESTED"]],
  ["end", END, ["APPROVED"]],
  ["review", REVIEW, ["ENDED"]],
] as const)("%s follows no other state than its own", (_kind, step, from) => {
  for (const state of ["REQUESTED", "APPROVED", "ENDED", "REJECTED", "LAPSED"]) {
    const is = { ...ENDED, state };
    const take = (): unknown => changeBy(step, { is, actor, now: NOW });
    if ((from as readonly string[]).includes(state)) expect(take).not.toThrow();
    else expect(take).toThrow(expect.objectContaining({ code: "INVALID_STATE" }));
  }
});

test("what was reviewed is not reviewed again", () => {
  const is = { ...ENDED, reviewState: "NOT_JUSTIFIED" };
  const again = (): unknown => changeBy(REVIEW, { is, actor, now: NOW });
  expect(again).toThrow(expect.objectContaining({ code: "INVALID_STATE" }));
});

test.each([
  ["approves the own request", APPROVE, "requester"],
  ["rejects the own request", REJECT, "requester"],
  ["reviews the own request", REVIEW, "requester"],
  ["reviews the own approval", REVIEW, "approver"],
] as const)("nobody %s", (_what, step, id) => {
  const check = (): void => expectAnother(step, { is: ENDED, actor: { id, name: id } });
  expect(check).toThrow(expect.objectContaining({ code: "FOUR_EYES_REQUIRED" }));
});

test("who asked and who approved may end it", () => {
  for (const id of ["requester", "approver"])
    expect(() => expectAnother(END, { is: APPROVED, actor: { id, name: id } })).not.toThrow();
});

describe("time alone", () => {
  test.each([
    ["lets a request lapse", REQUESTED, 240, { state: "LAPSED" }],
    ["ends what is open", APPROVED, 20, { state: "ENDED" }],
    ["makes a review overdue", ENDED, 3 * 24 * 60, { reviewState: "OVERDUE" }],
    ["does both where nobody looked", APPROVED, 9_999, { state: "ENDED", reviewState: "OVERDUE" }],
  ] as const)("%s, at that instant and not before", (_what, is, at, change) => {
    expect(changeByTime(is, minutes(at))).toEqual(change);
    if (at < 9_999) expect(changeByTime(is, new Date(minutes(at).getTime() - 1))).toEqual({});
  });

  test("changes nothing of what was rejected or reviewed", () => {
    const done = { ...ENDED, reviewState: "JUSTIFIED" };
    expect(changeByTime(done, minutes(9_999))).toEqual({});
    expect(changeByTime({ ...REQUESTED, state: "REJECTED" }, minutes(9_999))).toEqual({});
  });
});
