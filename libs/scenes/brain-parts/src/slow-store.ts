import type { Item, Layer, Pattern } from './patterns.ts';
import type { Answer } from './recall.ts';
import { answer } from './recall.ts';
import { correct, excite, noWeights } from './weights.ts';

/** A neocortex in miniature: one layer from cue to content that changes a little at a time, by the delta rule. */
export interface SlowStore {
  learn(item: Item, rate: number): void;
  recall(cue: Pattern): Answer;
  /** What a cue still excites of its content, whether or not it would come to mind: 1 when stored exactly, 0 when gone. */
  strength(cue: Pattern, content: Pattern): number;
}

export function createSlowStore(cue: Layer, content: Layer): SlowStore {
  const weights = noWeights(cue.units, content.units);
  return {
    learn(item, rate) {
      if (item.cue.length > 0) correct(weights, item.cue, item.content, rate);
    },
    recall: (pattern) => answer(excite(weights, pattern), content.active, 1),
    strength(pattern, target) {
      const activation = excite(weights, pattern);
      return Math.max(0, target.reduce((sum, unit) => sum + (activation[unit] ?? 0), 0) / target.length);
    },
  };
}
