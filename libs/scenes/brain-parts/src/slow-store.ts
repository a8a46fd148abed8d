import type { Item, Layer, Pattern } from './patterns.ts';
import type { Answer } from './recall.ts';
import { answer } from './recall.ts';
import { correct, excite, noWeights } from './weights.ts';

/** A neocortex in miniature: one layer from cue to content that changes a little at a time, by the delta rule. */
export interface SlowStore {
  learn(item: Item, rate: number): void;
  recall(cue: Pattern): Answer;
}

export function createSlowStore(cue: Layer, content: Layer): SlowStore {
  const weights = noWeights(cue.units, content.units);
  return {
    learn(item, rate) {
      if (item.cue.length > 0) correct(weights, item.cue, item.content, rate);
    },
    recall: (pattern) => answer(excite(weights, pattern), content.active, 1),
  };
}
