export { AccuracyMatrixChart, type AccuracyMatrixChartProps } from './accuracy-matrix.ts';
export { CurvesChart, type CurveSeries, type CurvesChartProps } from './curves.ts';
export { DataTable, type DataTableProps } from './data-table.ts';
export type { FigureText } from './figure.ts';
export { shade, type Shade } from './palette.ts';
