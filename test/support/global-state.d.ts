/** Jest runs setup and teardown in one process but loads them apart; a global is all that they share. */
declare var stopTestServer: (() => Promise<void>) | undefined;
