import { z } from 'zod';

const strength = z.number().nonnegative();
const fraction = z.number().min(0).max(1);

/** How the diagonal Fisher information is estimated; the choices differ by orders of magnitude in λ (see the README). */
export const FisherSpec = z
  .strictObject({
    estimator: z
      .enum(['exact', 'sampled', 'predicted', 'empirical', 'batched'])
      .describe(
        'exact: expectation over the model’s own labels; sampled: one label drawn from them; predicted: the most likely one; empirical: the true one; batched: square of a mini-batch’s mean gradient',
      ),
    examples: z.union([z.int().positive(), z.literal('all')]).describe('training examples of the task that are used'),
    batchSize: z.int().positive().describe('rows per pass; it changes the result only for "batched"'),
  })
  .meta({ id: 'FisherSpec' });

export const JointSpec = z
  .strictObject({ name: z.literal('joint') })
  .describe('All tasks shuffled together, for as many steps: what the same network can reach (upper target)')
  .meta({ id: 'JointSpec' });

export const L2Spec = z
  .strictObject({
    name: z.literal('l2'),
    lambda: strength.describe('λ in λ/2 Σ (θ − θ*)²'),
    anchors: z.enum(['all', 'last']).describe('pull to the weights after every past task, or after the last one only'),
  })
  .describe('Pulls every weight back equally (the comparison of Kirkpatrick et al. 2017)')
  .meta({ id: 'L2Spec' });

export const EwcSpec = z
  .strictObject({
    name: z.literal('ewc'),
    lambda: strength.describe('λ in λ/2 Σ_k Σ_i F_k,i (θ_i − θ*_k,i)²'),
    fisher: FisherSpec,
  })
  .describe('Elastic weight consolidation (Kirkpatrick et al. 2017, doi:10.1073/pnas.1611835114)')
  .meta({ id: 'EwcSpec' });

export const OnlineEwcSpec = z
  .strictObject({
    name: z.literal('online-ewc'),
    lambda: strength.describe('λ in λ/2 Σ_i γ F̃_i (θ_i − θ*_i)²'),
    decay: fraction.describe('γ in F̃ ← γ F̃ + F'),
    fisher: FisherSpec,
  })
  .describe('EWC with one running Fisher and the latest anchor (Schwarz et al. 2018)')
  .meta({ id: 'OnlineEwcSpec' });

export const SiSpec = z
  .strictObject({
    name: z.literal('si'),
    c: strength.describe('c in c Σ_i Ω_i (θ_i − θ*_i)²'),
    damping: z.number().positive().describe('ξ in Ω ← Ω + ω / (Δ² + ξ)'),
    gradient: z
      .enum(['data', 'total'])
      .describe('gradient in the path integral: of the data loss, or with the penalty'),
    negative: z.enum(['keep', 'clamp']).describe('what happens to a negative path integral'),
  })
  .describe('Synaptic intelligence (Zenke, Poole & Ganguli 2017, arXiv:1703.04200)')
  .meta({ id: 'SiSpec' });

export const XdgSpec = z
  .strictObject({
    name: z.literal('xdg'),
    gatedFraction: fraction.describe('share of hidden units closed for a task'),
    kind: z
      .enum(['random', 'partial', 'split'])
      .describe('random: open or closed by chance; partial: closed units pass half; split: disjoint sub-networks'),
    subnetworks: z.int().positive().describe('number of sub-networks of kind "split"'),
    position: z
      .enum(['after-activation', 'before-bias'])
      .describe('after the ReLU as published, or before the bias as in van de Ven’s code'),
  })
  .describe('Context-dependent gating (Masse, Grant & Freedman 2018, doi:10.1073/pnas.1803839115)')
  .meta({ id: 'XdgSpec' });

export const ErSpec = z
  .strictObject({
    name: z.literal('er'),
    buffer: z
      .enum(['reservoir', 'class-balanced', 'per-class'])
      .describe(
        'reservoir: every past example equally likely; class-balanced: the capacity shared by the classes seen; per-class: a fixed number of each class, chosen when its task ends',
      ),
    capacity: z.int().positive().describe('stored examples in all; of each class for "per-class"'),
    batchSize: z.union([z.int().positive(), z.literal('same')]).describe('replayed examples per step'),
    weighting: z
      .enum(['by-task', 'equal'])
      .describe('by-task: 1/t for the present, 1 − 1/t for the past; equal: every example counts the same'),
  })
  .describe('Experience replay (Chaudhry et al. 2019, arXiv:1902.10486)')
  .meta({ id: 'ErSpec' });

export const SeparateNetworksSpec = z
  .strictObject({ name: z.literal('separate-networks') })
  .describe('A fresh network for each task: no interference and no sharing')
  .meta({ id: 'SeparateNetworksSpec' });

/** One strategy with all its settings. A list of them is a combination; the empty list is plain training. */
export const StrategySpec = z
  .discriminatedUnion('name', [
    JointSpec,
    L2Spec,
    EwcSpec,
    OnlineEwcSpec,
    SiSpec,
    XdgSpec,
    ErSpec,
    SeparateNetworksSpec,
  ])
  .meta({ id: 'StrategySpec' });

export type FisherSpec = z.infer<typeof FisherSpec>;
export type StrategySpec = z.infer<typeof StrategySpec>;
export type StrategyName = StrategySpec['name'];

/** Every strategy's name, in the order in which tables list them. */
export const strategyNames: readonly StrategyName[] = StrategySpec.options.map((option) => option.shape.name.value);
