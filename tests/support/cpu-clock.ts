/**
 * Starts measuring the CPU time of this process; unlike wall time, it doesn't depend on other processes.
 * @returns a function that returns the CPU time since then in ms.
 */
export function cpuClock(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
