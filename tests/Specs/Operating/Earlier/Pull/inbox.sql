PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
    "Timestamp" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "__migrations_inbox" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___migrations_inbox" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __migrations_inbox VALUES('20261121_CreateInbox','10.0.14');
CREATE TABLE IF NOT EXISTS "inbox" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_inbox" PRIMARY KEY,
    "message_id" TEXT NOT NULL,
    "message_type" TEXT NOT NULL,
    "endpoint" TEXT NULL,
    "records" INTEGER NOT NULL,
    "content_type" TEXT NOT NULL,
    "accepted_at" INTEGER NOT NULL,
    "body" BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS "accepted" (
    "message_type" TEXT NOT NULL CONSTRAINT "PK_accepted" PRIMARY KEY,
    "messages" INTEGER NOT NULL,
    "records" INTEGER NOT NULL
);
CREATE UNIQUE INDEX "IX_inbox_message_id_endpoint" ON "inbox" ("message_id", "endpoint");
CREATE VIEW pending_cars AS SELECT car.value ->> 'id' AS id,
       car.value ->> 'normalizedMake' AS normalized_make,
       car.value ->> 'normalizedModel' AS normalized_model,
       car.value ->> 'year' AS year,
       car.value ->> 'price' AS price,
       car.value ->> 'location' AS location,
       car.value ->> 'generatedAt' AS generated_at,
       inbox.accepted_at,
       inbox.message_id
FROM inbox, json_each(CAST(inbox.body AS TEXT)) AS car
WHERE inbox.message_type = 'CarGenerated';
COMMIT;
