CREATE TABLE "deliveries" (
	"key" bigserial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"webhook" text NOT NULL,
	"run" text NOT NULL,
	"event" text NOT NULL,
	"body" text NOT NULL,
	"status" text DEFAULT 'waiting' NOT NULL,
	"queued" boolean DEFAULT false NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"answer" integer,
	"error" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"attempted_at" timestamp with time zone,
	CONSTRAINT "deliveries_id" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "webhooks" (
	"id" text PRIMARY KEY NOT NULL,
	"project" text NOT NULL,
	"url" text NOT NULL,
	"secret" text NOT NULL,
	"events" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "blobs" ALTER COLUMN "bytes" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "hash" text NOT NULL;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "class_names" jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "shape" integer[] NOT NULL;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "train_examples" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "datasets" ADD COLUMN "test_examples" integer NOT NULL;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_webhook_webhooks_id_fk" FOREIGN KEY ("webhook") REFERENCES "public"."webhooks"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_project_projects_id_fk" FOREIGN KEY ("project") REFERENCES "public"."projects"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_webhook" ON "deliveries" USING btree ("webhook","key");--> statement-breakpoint
CREATE INDEX "deliveries_unqueued" ON "deliveries" USING btree ("key") WHERE not "deliveries"."queued";--> statement-breakpoint
CREATE INDEX "deliveries_age" ON "deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "webhooks_project" ON "webhooks" USING btree ("project","id");