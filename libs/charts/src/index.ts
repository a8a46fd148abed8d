export { AccuracyMatrixChart, type AccuracyMatrixChartProps } from './accuracy-matrix.ts';
export { BarsChart, type Bar, type BarsChartProps } from './bars.ts';
export { CurvesChart, type CurveSeries, type CurvesChartProps } from './curves.ts';
export { DataTable, type DataTableProps } from './data-table.ts';
export type { FigureText } from './figure.ts';
export { LinesChart, type Axis, type LinePoint, type LinesChartProps, type LineSeries } from './lines.ts';
export { seriesStyle, shade, type SeriesStyle, type Shade } from './palette.ts';
