/** Takes tokens out of one bucket per key; each bucket fills at a steady rate up to a burst of two seconds' worth. */
export function createBuckets(perSecond: number) {
  const most = Math.max(1, perSecond * 2);
  const buckets = new Map<string, { level: number; at: number }>();
  const prune = setInterval(() => {
    const full = performance.now() - (1000 * most) / perSecond;
    for (const [key, { at }] of buckets) if (at < full) buckets.delete(key);
  }, 10_000);
  prune.unref();
  return {
    /** Seconds to wait, 0 if there was enough. */
    take(key: string, count = 1): number {
      const now = performance.now();
      const bucket = buckets.get(key) ?? { level: most, at: now };
      const level = Math.min(most, bucket.level + ((now - bucket.at) / 1000) * perSecond);
      const enough = level >= count;
      buckets.set(key, { level: enough ? level - count : level, at: now });
      return enough ? 0 : Math.max(1, Math.ceil((count - level) / perSecond));
    },
    close: () => clearInterval(prune),
  };
}
