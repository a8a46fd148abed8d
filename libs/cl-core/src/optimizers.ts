import { adamStep, momentumStep } from '@engram/engine';
import { paramList, paramsFrom, zerosLike } from './params.ts';
import type { Params } from './params.ts';

/** Turns gradients into the next weights; what it remembers is a value that is passed in and out. */
export interface Optimizer<State = unknown> {
  /** Whether the learner starts again from `init` when a task begins. */
  readonly resetPerTask: boolean;
  init(params: Params): State;
  update(state: State, params: Params, grads: Params): { readonly params: Params; readonly state: State };
}

export interface AdamOptions {
  readonly learningRate: number;
  readonly beta1?: number;
  readonly beta2?: number;
  readonly epsilon?: number;
  readonly resetPerTask?: boolean;
}

interface AdamMemory {
  readonly step: number;
  readonly firstMoments: Params;
  readonly secondMoments: Params;
}

/** Adam (Kingma & Ba 2015, arXiv:1412.6980), bias-corrected, with PyTorch's ε = 1e-8 outside the root. */
export function adam(options: AdamOptions): Optimizer<AdamMemory> {
  const { learningRate, beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, resetPerTask = false } = options;
  return {
    resetPerTask,
    init: (params) => ({ step: 0, firstMoments: zerosLike(params), secondMoments: zerosLike(params) }),
    update: (state, params, grads) => {
      const step = state.step + 1;
      const next = adamStep({
        params: paramList(params),
        grads: paramList(grads),
        firstMoments: paramList(state.firstMoments),
        secondMoments: paramList(state.secondMoments),
        learningRate,
        beta1,
        beta2,
        epsilon,
        step,
      });
      return {
        params: paramsFrom(next.params, params),
        state: {
          step,
          firstMoments: paramsFrom(next.firstMoments, params),
          secondMoments: paramsFrom(next.secondMoments, params),
        },
      };
    },
  };
}

export interface SgdOptions {
  readonly learningRate: number;
  readonly momentum?: number;
  readonly resetPerTask?: boolean;
}

/** Stochastic gradient descent with momentum: u ← μu + g, θ ← θ − ηu. */
export function sgd({ learningRate, momentum = 0, resetPerTask = false }: SgdOptions): Optimizer<Params> {
  return {
    resetPerTask,
    init: (params) => (momentum === 0 ? {} : zerosLike(params)),
    update: (velocities, params, grads) => {
      const next = momentumStep({
        params: paramList(params),
        grads: paramList(grads),
        velocities: paramList(velocities),
        learningRate,
        momentum,
      });
      return {
        params: paramsFrom(next.params, params),
        state: momentum === 0 ? velocities : paramsFrom(next.velocities, params),
      };
    },
  };
}
