const checkEveryMs = 250;

/** Calls back once when the process that started this one is gone. */
export function onParentGone(callback) {
  const parent = process.ppid;
  const check = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(check);
    callback();
  }, checkEveryMs);
  check.unref();
}
