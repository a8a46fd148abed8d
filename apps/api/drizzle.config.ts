import { defineConfig } from 'drizzle-kit';

/** `npm run migrations -w apps/api` writes the SQL for what changed in the schema. */
export default defineConfig({ dialect: 'postgresql', schema: './src/database/schema.ts', out: './migrations' });
