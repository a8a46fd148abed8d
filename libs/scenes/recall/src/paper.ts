/** Ebbinghaus's savings by hours since learning, as listed by Murre & Dros (2015, doi:10.1371/journal.pone.0120644). */
export const savings = [
  { hours: 1 / 3, saved: 0.582 },
  { hours: 1, saved: 0.442 },
  { hours: 9, saved: 0.358 },
  { hours: 24, saved: 0.337 },
  { hours: 48, saved: 0.278 },
  { hours: 144, saved: 0.254 },
  { hours: 744, saved: 0.211 },
] as const;
