import { registerEnumType } from "type-graphql";

/** Where an export stands. */
export enum EvidenceState {
  PREPARING = "PREPARING",
  READY = "READY",
  FAILED = "FAILED",
  EXPIRED = "EXPIRED",
}

registerEnumType(EvidenceState, {
  name: "EvidenceState",
  description: "Where an export of evidence stands.",
  valuesConfig: {
    PREPARING: { description: "Its records are looked up, counted and proved." },
    READY: { description: "It can be downloaded, from any byte on." },
    FAILED: { description: "It can't be made: the log lacks what would prove it." },
    EXPIRED: { description: "It is over; the same may be asked for again." },
  },
});
