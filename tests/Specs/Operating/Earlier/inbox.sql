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
INSERT INTO inbox VALUES(5,'01a1ffe3-1e69-7a05-a2b2-e6498636a256','CarGenerated',NULL,1,'application/json',1795294436969,X'5b7b226964223a2230313963313261302d303030302d373030302d383030302d303030303030303030303034222c226e6f726d616c697a65644d616b65223a2273656174222c226e6f726d616c697a65644d6f64656c223a226962697a61222c2279656172223a313938342c227072696365223a333030302c226c6f636174696f6e223a2262617263656c6f6e61222c2267656e6572617465644174223a22323032362d31312d32315432303a35333a35362e3936395a227d5d');
CREATE TABLE IF NOT EXISTS "accepted" (
    "message_type" TEXT NOT NULL CONSTRAINT "PK_accepted" PRIMARY KEY,
    "messages" INTEGER NOT NULL,
    "records" INTEGER NOT NULL
);
INSERT INTO accepted VALUES('CarGenerated',3,4);
INSERT INTO accepted VALUES('CreateTimer',2,2);
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
