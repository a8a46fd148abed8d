import { stillKept } from './experiment.ts';
import type { Kept, Pictures } from './experiment.ts';
import recorded from './recorded.json' with { type: 'json' };

/** What the recorded runs kept on one kind of pictures. */
export const recordedOn = (kind: Pictures): readonly Kept[] => stillKept(recorded).filter((kept) => kept.kind === kind);
