import { z } from 'zod';
import { RunSummary } from '../run-record.ts';
import { Id, Sha256 } from './common.ts';
import { RunStatus } from './run-status.ts';

export const CompareRuns = z.strictObject({
  ids: z.array(Id).min(1).max(500).describe('runs; a sweep stands for all of its runs'),
});

const Metric = z.enum(RunSummary.keyof().options);
const Mean = z.object({
  n: z.int(),
  mean: z.number().nullable(),
  sem: z.number().nullable().describe('standard error of the mean; null for fewer than two values'),
});

export const Comparison = z
  .object({
    runs: z.array(
      z.object({
        id: Id,
        status: RunStatus,
        seed: z.int(),
        group: z.int().describe('index into groups'),
        matrix: z
          .array(z.array(z.number().nullable()))
          .describe('aligned: all of one size, null where a run has no value'),
        summary: RunSummary.nullable(),
      }),
    ),
    groups: z
      .array(
        z.object({
          specHash: Sha256,
          label: z.string(),
          settings: z.record(z.string(), z.json()).describe('the values in which the groups differ'),
          metrics: z.record(Metric, Mean),
        }),
      )
      .describe('runs that differ only in their seed'),
    differences: z.array(z.string()).describe('paths at which the specifications differ'),
    tests: z
      .array(
        z.object({
          metric: Metric,
          groups: z.tuple([z.int(), z.int()]),
          n: z.int().describe('seeds that both have'),
          mean: z.number().describe('second minus first'),
          sem: z.number().nullable(),
          p: z.number().nullable().describe('two-sided, paired t-test; null where it is not defined'),
        }),
      )
      .describe('every group against the first, seed by seed'),
  })
  .meta({ id: 'Comparison' });

export type CompareRuns = z.infer<typeof CompareRuns>;
export type Comparison = z.infer<typeof Comparison>;
export type Metric = z.infer<typeof Metric>;
