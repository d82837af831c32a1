/** How the log stands, for whoever watches over it. */
export interface LogState {
  /** Records that have no place in the tree yet. */
  readonly unsealed: number;
  /** Seconds for which the oldest of them has waited; 0 where none waits. */
  readonly oldestUnsealedS: number;
  readonly treeSize: number;
  /** Seconds since the newest checkpoint; null while there is none. */
  readonly checkpointAgeS: number | null;
}
