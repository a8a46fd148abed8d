import type { Comparison } from '@engram/contracts/service';
import { exitCodes } from '../../exit.ts';
import type { ExitCode } from '../../exit.ts';
import { asking, connect } from '../../remote/connection.ts';
import { percent, table } from '../../terminal/table.ts';

export async function compare(
  ids: readonly string[],
  { url, json }: { readonly url?: string; readonly json?: boolean },
): Promise<ExitCode> {
  const remote = await connect(url);
  const comparison = await asking(remote, () => remote.api.runs.compare.query({ ids: [...ids] }));
  console.log(json ? JSON.stringify(comparison, null, 2) : textOf(comparison));
  return exitCodes.ok;
}

type Mean = Comparison['groups'][number]['metrics']['averageAccuracy'];

const spread = ({ mean, sem }: Mean): string => (sem === null ? percent(mean) : `${percent(mean)} ± ${percent(sem)}`);

function textOf({ groups, tests, differences }: Comparison): string {
  const means = table([
    ['', 'n', 'accuracy', 'forgetting', 'when learned', ...differences],
    ...groups.map(({ label, metrics, settings }) => [
      label,
      String(metrics.averageAccuracy.n),
      spread(metrics.averageAccuracy),
      spread(metrics.forgetting),
      spread(metrics.learningAccuracy),
      ...differences.map((path) => JSON.stringify(settings[path] ?? null)),
    ]),
  ]);
  const paired = tests
    .filter(({ metric }) => metric === 'averageAccuracy')
    .map(({ groups: [first, second], n, mean, sem, p }) => {
      const difference = `${mean >= 0 ? '+' : '−'}${percent(Math.abs(mean))}${sem === null ? '' : ` ± ${percent(sem)}`}`;
      const sure = p === null ? '' : `, p = ${p < 0.001 ? '< 0.001' : p.toFixed(3)}`;
      return `${groups[second]?.label ?? ''} against ${groups[first]?.label ?? ''}: ${difference} points of average accuracy (n = ${n} seeds, paired t-test${sure})`;
    });
  return [`In %, mean ± standard error over seeds:`, means, ...(paired.length === 0 ? [] : ['', ...paired])].join('\n');
}
