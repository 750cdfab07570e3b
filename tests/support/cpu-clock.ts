/**
 * Starts to measure the processor time of this process: unlike the time that passes, it doesn't depend on what else the
 * machine does. @returns the time since, ms.
 */
export function cpuClock(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
}
