ALTER TABLE "datasets" DROP COLUMN "format";--> statement-breakpoint
ALTER TABLE "datasets" DROP COLUMN "classes";--> statement-breakpoint
ALTER TABLE "datasets" DROP COLUMN "examples";