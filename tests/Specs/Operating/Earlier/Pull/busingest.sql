PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE IF NOT EXISTS "__migrations_delivery" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___migrations_delivery" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __migrations_delivery VALUES('20261121_CreateDelivery','10.0.14');
INSERT INTO __migrations_delivery VALUES('20261121_CreateOutgoing','10.0.14');
INSERT INTO __migrations_delivery VALUES('20261121_CreateReports','10.0.14');
CREATE TABLE IF NOT EXISTS "consumed_messages" (
    "message_id" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "consumed_at" INTEGER NOT NULL,
    CONSTRAINT "PK_consumed_messages" PRIMARY KEY ("message_id", "endpoint")
);
INSERT INTO consumed_messages VALUES('6b070000-a1f9-083e-d846-08df482d9af6','sync-source',1795306482304);
INSERT INTO consumed_messages VALUES('6b070000-a1f9-083e-45db-08df482d9b17','sync-run',1795306482409);
CREATE TABLE IF NOT EXISTS "idempotency_keys" (
    "key" TEXT NOT NULL CONSTRAINT "PK_idempotency_keys" PRIMARY KEY,
    "fingerprint" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "claimed_at" INTEGER NOT NULL,
    "status" INTEGER NULL,
    "answer" BLOB NULL
);
CREATE TABLE IF NOT EXISTS "failed_messages" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_failed_messages" PRIMARY KEY AUTOINCREMENT,
    "id" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "message_type" TEXT NOT NULL,
    "endpoint" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "exception_type" TEXT NOT NULL,
    "exception_message" TEXT NOT NULL,
    "exception_detail" TEXT NOT NULL,
    "failed_at" INTEGER NOT NULL,
    "content_type" TEXT NOT NULL,
    "body" BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS "outgoing" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_outgoing" PRIMARY KEY,
    "message_id" TEXT NOT NULL,
    "message_type" TEXT NOT NULL,
    "endpoint" TEXT NULL,
    "records" INTEGER NOT NULL,
    "content_type" TEXT NOT NULL,
    "accepted_at" INTEGER NOT NULL,
    "body" BLOB NOT NULL
);
INSERT INTO outgoing VALUES(2,'6b070000-a1f9-083e-33fe-08df482d9b27','FetchPage',NULL,1,'application/vnd.masstransit+json',1795306482381,X'7b226d6573736167654964223a2236623037303030302d613166392d303833652d333366652d303864663438326439623237222c22636f6e766572736174696f6e4964223a2236623037303030302d613166392d303833652d386432642d303864663438326439616662222c22696e69746961746f724964223a2230316132303039612d653935312d373235332d393866652d653831613534316164646236222c22736f7572636541646472657373223a226c6f6f706261636b3a2f2f6c6f63616c686f73742f73796e632d72756e222c2264657374696e6174696f6e41646472657373223a226c6f6f706261636b3a2f2f6c6f63616c686f73742f75726e3a6d6573736167653a427573496e676573742e436f6e7472616374732e53796e633a466574636850616765222c226d65737361676554797065223a5b2275726e3a6d6573736167653a427573496e676573742e436f6e7472616374732e53796e633a466574636850616765225d2c226d657373616765223a7b2272756e4964223a2230316132303039612d653935312d373235332d393866652d653831613534316164646236222c22736f75726365223a7b226964223a2263643436633630632d333966652d316664322d366231392d373330323262646364363061222c226e616d65223a226461746173796e63227d2c2265706f6368223a312c2273747265746368223a312c2266726f6d466972737450616765223a66616c73657d2c2273656e7454696d65223a22323032362d31312d32325430303a31343a34322e333636353636325a222c2268656164657273223a7b7d2c22686f7374223a7b226d616368696e654e616d65223a22766d222c2270726f636573734e616d65223a22427573496e676573742e417069222c2270726f636573734964223a313839392c22617373656d626c79223a22427573496e676573742e417069222c22617373656d626c7956657273696f6e223a22312e302e302e30222c226672616d65776f726b56657273696f6e223a2231302e302e3132222c226d6173735472616e73697456657273696f6e223a22382e352e31322e30222c226f7065726174696e6753797374656d56657273696f6e223a22556e697820362e31382e34342e363537227d7d');
CREATE TABLE IF NOT EXISTS "__migrations_schedule" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___migrations_schedule" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __migrations_schedule VALUES('20261121_CreateSchedule','10.0.14');
CREATE TABLE IF NOT EXISTS "scheduled_messages" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_scheduled_messages" PRIMARY KEY,
    "token_id" TEXT NOT NULL,
    "due_at" INTEGER NOT NULL,
    "message_id" TEXT NOT NULL,
    "message_type" TEXT NOT NULL,
    "endpoint" TEXT NULL,
    "body" BLOB NOT NULL
);
INSERT INTO scheduled_messages VALUES(1,'01a2009a-ead9-78cb-8283-eb0f7dd0048f',1795306662389,'01a2009a-eae1-712d-b070-0ac2a09c1e82','StallDue','sync-run',X'7b226d6573736167654964223a2230316132303039612d656165312d373132642d623037302d306163326130396331653832222c22636f6e766572736174696f6e4964223a2236623037303030302d613166392d303833652d386432642d303864663438326439616662222c22736f7572636541646472657373223a226c6f6f706261636b3a2f2f6c6f63616c686f73742f73796e632d72756e222c2264657374696e6174696f6e41646472657373223a226c6f6f706261636b3a2f2f6c6f63616c686f73742f73796e632d72756e222c226d65737361676554797065223a5b2275726e3a6d6573736167653a427573496e676573742e436f6e7472616374732e53796e633a5374616c6c447565225d2c226d657373616765223a7b2272756e4964223a2230316132303039612d653935312d373235332d393866652d653831613534316164646236222c2273747265746368223a317d2c2273656e7454696d65223a22323032362d31312d32325430303a31343a34322e333936353930385a222c2268656164657273223a7b224d542d5363686564756c696e672d546f6b656e4964223a2230316132303039612d656164392d373863622d383238332d656230663764643030343866227d2c22686f7374223a7b226d616368696e654e616d65223a22766d222c2270726f636573734e616d65223a22427573496e676573742e417069222c2270726f636573734964223a313839392c22617373656d626c79223a22427573496e676573742e417069222c22617373656d626c7956657273696f6e223a22312e302e302e30222c226672616d65776f726b56657273696f6e223a2231302e302e3132222c226d6173735472616e73697456657273696f6e223a22382e352e31322e30222c226f7065726174696e6753797374656d56657273696f6e223a22556e697820362e31382e34342e363537227d7d');
CREATE TABLE IF NOT EXISTS "__migrations_sagas" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___migrations_sagas" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __migrations_sagas VALUES('20261121_CreateSagas','10.0.14');
CREATE TABLE IF NOT EXISTS "sagas" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_sagas" PRIMARY KEY,
    "kind" TEXT NOT NULL,
    "correlation_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "document" TEXT NOT NULL
);
INSERT INTO sagas VALUES(1,'sync-source','cd46c60c-39fe-1fd2-6b19-73022bdcd60a','Busy',1,1795306482311,1795306482311,'{"correlationId":"cd46c60c-39fe-1fd2-6b19-73022bdcd60a","currentState":"Busy","schemaVersion":1,"source":"datasync","epoch":1,"runId":"01a2009a-e951-7253-98fe-e81a541addb6"}');
INSERT INTO sagas VALUES(2,'sync-run','01a2009a-e951-7253-98fe-e81a541addb6','Fetching',1,1795306482409,1795306482409,'{"correlationId":"01a2009a-e951-7253-98fe-e81a541addb6","currentState":"Fetching","schemaVersion":1,"source":{"id":"cd46c60c-39fe-1fd2-6b19-73022bdcd60a","name":"datasync"},"epoch":1,"stretch":1,"requestedAt":"2026-11-22T00:14:42.001Z","pausedByClient":false,"failures":0,"fruitlessPasses":0,"fromFirstPage":false,"stalls":0,"stallToken":"01a2009a-ead9-78cb-8283-eb0f7dd0048f"}');
CREATE TABLE IF NOT EXISTS "saga_transitions" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_saga_transitions" PRIMARY KEY,
    "saga_seq" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "message_id" TEXT NOT NULL,
    "from_state" TEXT NOT NULL,
    "to_state" TEXT NOT NULL,
    "at" INTEGER NOT NULL
);
INSERT INTO saga_transitions VALUES(1,1,1,'RequestSync','6b070000-a1f9-083e-d846-08df482d9af6','Initial','Busy',1795306482311);
INSERT INTO saga_transitions VALUES(2,2,1,'StartSync','6b070000-a1f9-083e-45db-08df482d9b17','Initial','Fetching',1795306482409);
CREATE TABLE IF NOT EXISTS "__migrations_cars" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___migrations_cars" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __migrations_cars VALUES('20261121_CreateCars','10.0.14');
CREATE TABLE IF NOT EXISTS "cars" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_cars" PRIMARY KEY,
    "id" TEXT NOT NULL,
    "normalized_make" TEXT NOT NULL,
    "normalized_model" TEXT NOT NULL,
    "year" INTEGER NOT NULL,
    "price" REAL NOT NULL,
    "location" TEXT NOT NULL,
    "generated_at" INTEGER NOT NULL,
    "stored_at" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "car_ledger" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_car_ledger" PRIMARY KEY,
    "stored" INTEGER NOT NULL,
    "known" INTEGER NOT NULL,
    "redelivered" INTEGER NOT NULL
);
INSERT INTO car_ledger VALUES(1,0,0,0);
CREATE TABLE IF NOT EXISTS "car_seeder" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_car_seeder" PRIMARY KEY,
    "running" INTEGER NOT NULL,
    "interval_ms" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "__migrations_timers" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___migrations_timers" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __migrations_timers VALUES('20261121_CreateTimers','10.0.14');
CREATE TABLE IF NOT EXISTS "timer_attempts" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_timer_attempts" PRIMARY KEY,
    "timer_id" TEXT NOT NULL,
    "attempt" INTEGER NOT NULL,
    "started_at" INTEGER NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "status_code" INTEGER NULL,
    "error" TEXT NULL,
    "response_body" TEXT NULL
);
CREATE TABLE IF NOT EXISTS "webhook_secret" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_webhook_secret" PRIMARY KEY,
    "secret" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "__migrations_orders" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___migrations_orders" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __migrations_orders VALUES('20261121_CreateOrders','10.0.14');
CREATE TABLE IF NOT EXISTS "orders" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_orders" PRIMARY KEY,
    "id" TEXT NOT NULL,
    "cliente" TEXT NOT NULL,
    "valor" REAL NOT NULL,
    "tier" TEXT NOT NULL,
    "priority" TEXT NOT NULL,
    "observacoes" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "created_at" INTEGER NOT NULL,
    "processed_at" INTEGER NULL
);
CREATE TABLE IF NOT EXISTS "order_chunks" (
    "first" INTEGER NOT NULL CONSTRAINT "PK_order_chunks" PRIMARY KEY,
    "run" INTEGER NOT NULL,
    "vip" INTEGER NOT NULL,
    "normal" INTEGER NOT NULL,
    "generated_at" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "order_batches" (
    "first" INTEGER NOT NULL CONSTRAINT "PK_order_batches" PRIMARY KEY,
    "last" INTEGER NOT NULL,
    "run" INTEGER NOT NULL,
    "priority" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "processed" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL,
    "attempts" INTEGER NOT NULL,
    "not_before" INTEGER NOT NULL,
    "claim" TEXT NULL,
    "error" TEXT NULL,
    "changed_at" INTEGER NOT NULL,
    "started_at" INTEGER NULL,
    "settled_at" INTEGER NULL,
    "hidden" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "order_queue" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_order_queue" PRIMARY KEY,
    "revision" INTEGER NOT NULL,
    "paused" INTEGER NOT NULL,
    "closed" INTEGER NOT NULL,
    "halted_run" INTEGER NOT NULL,
    "forgotten_run" INTEGER NOT NULL
);
INSERT INTO order_queue VALUES(1,0,0,0,0,0);
CREATE TABLE IF NOT EXISTS "order_runs" (
    "run" INTEGER NOT NULL CONSTRAINT "PK_order_runs" PRIMARY KEY,
    "id" TEXT NOT NULL,
    "step" INTEGER NOT NULL,
    "phase" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,
    "created_at" INTEGER NOT NULL,
    "generated_at" INTEGER NULL,
    "vip_enqueued_at" INTEGER NULL,
    "vip_drained_at" INTEGER NULL,
    "normal_enqueued_at" INTEGER NULL,
    "ended_at" INTEGER NULL,
    "error" TEXT NULL,
    "vip_started_at" INTEGER NULL,
    "vip_ended_at" INTEGER NULL,
    "normal_started_at" INTEGER NULL,
    "normal_ended_at" INTEGER NULL,
    "vip_processed" INTEGER NOT NULL,
    "normal_processed" INTEGER NOT NULL,
    "failed" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "order_log" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_order_log" PRIMARY KEY,
    "at" INTEGER NOT NULL,
    "level" TEXT NOT NULL,
    "message" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "__migrations_sync" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___migrations_sync" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __migrations_sync VALUES('20261121_CreateSync','10.0.14');
CREATE TABLE IF NOT EXISTS "sync_events" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_sync_events" PRIMARY KEY,
    "key" BLOB NOT NULL,
    "source" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "type" TEXT NULL,
    "user_id" TEXT NULL,
    "timestamp" INTEGER NOT NULL,
    "body" TEXT NOT NULL
);
INSERT INTO sync_events VALUES(1,X'508b3e53341836adaff152861790507b','datasync','d820b7e9-10b0-f93f-0dfe-6a3aa8908e89','page_view','user-0',1704067200000,'{"id":"d820b7e9-10b0-f93f-0dfe-6a3aa8908e89","sessionId":"0","userId":"user-0","type":"page_view","name":"event_0","properties":{"page":"/p/0","value":0.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:00.000Z","session":{"id":"s-0","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(2,X'baf32bbf10c0be97bc0a9969a704e47c','datasync','106e11b2-223f-6961-c31b-a5ccb3d0e231','click','user-1',1704067200000,'{"id":"106e11b2-223f-6961-c31b-a5ccb3d0e231","sessionId":"6238072747940578789","userId":"user-1","type":"click","name":"event_1","properties":{"page":"/p/1","value":1.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:00.000Z","session":{"id":"s-0","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(3,X'b52d15ebc2ce07a1f395f8b7e515e4c4','datasync','f2c6924e-7dfe-d23e-7d70-62d8ec9cf931','purchase','user-2',1704067200274,'{"id":"f2c6924e-7dfe-d23e-7d70-62d8ec9cf931","sessionId":"15839785061582574730","userId":"user-2","type":"purchase","name":"event_2","properties":{"page":"/p/2","value":2.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:00.274Z","session":{"id":"s-0","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(4,X'b65bcae8e95938daee44009881807189','datasync','6e28b15e-c054-4b0e-4e9e-7940c566cf39','signup','user-3',1704067200411,'{"id":"6e28b15e-c054-4b0e-4e9e-7940c566cf39","sessionId":"2185194620014831856","userId":"user-3","type":"signup","name":"event_3","properties":{"page":"/p/3","value":3.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:00.411Z","session":{"id":"s-0","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(5,X'34c6dac7aa03c359d851c8eb7993b4e6','datasync','ec69c6ab-41f6-b735-ca6b-c58a96c6daf8','löschung','user-4',1704067200000,'{"id":"ec69c6ab-41f6-b735-ca6b-c58a96c6daf8","sessionId":"13232826040865663252","userId":"user-4","type":"löschung","name":"event_4","properties":{"page":"/p/4","value":4.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:00.000Z","session":{"id":"s-0","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(6,X'1bb443d197b33f84ad731f37132468c1','datasync','36f0cc54-1d7b-ac56-aeec-fcaad8e1cf46','page_view','user-5',1704067200685,'{"id":"36f0cc54-1d7b-ac56-aeec-fcaad8e1cf46","sessionId":"13168350753275463132","userId":"user-5","type":"page_view","name":"event_5","properties":{"page":"/p/5","value":5.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:00.685Z","session":{"id":"s-0","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(7,X'6eee4a2d6d7e3659ff7790f479f4591f','datasync','a30aa083-f6db-6a42-5850-4e220a3b8ad7','click','user-6',1704067200000,'{"id":"a30aa083-f6db-6a42-5850-4e220a3b8ad7","sessionId":"15093541023163888492","userId":"user-6","type":"click","name":"event_6","properties":{"page":"/p/6","value":6.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:00.000Z","session":{"id":"s-0","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(8,X'6a26a1372952d1c3cd53c278791762ee','datasync','5ae1a472-0377-02ae-d8ae-2243f22175df','purchase','user-7',1704067200959,'{"id":"5ae1a472-0377-02ae-d8ae-2243f22175df","sessionId":"1346066267577507604","userId":"user-7","type":"purchase","name":"event_7","properties":{"page":"/p/7","value":7.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:00.959Z","session":{"id":"s-1","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(9,X'aa2f8873b581ec0e4471f9845c12eef3','datasync','c0b19eed-9d35-8255-50c6-4e3950f24c27','signup','user-8',1704067201096,'{"id":"c0b19eed-9d35-8255-50c6-4e3950f24c27","sessionId":"15378420243238726120","userId":"user-8","type":"signup","name":"event_8","properties":{"page":"/p/8","value":8.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:01.096Z","session":{"id":"s-1","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(10,X'b10fade4c4bf7d5b0cc411ab5f2bfd59','datasync','6c0dda10-df27-0f39-95b9-ea2a06bec5fe','löschung','user-9',1704067201000,'{"id":"6c0dda10-df27-0f39-95b9-ea2a06bec5fe","sessionId":"9398003893131893463","userId":"user-9","type":"löschung","name":"event_9","properties":{"page":"/p/9","value":9.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:01.000Z","session":{"id":"s-1","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(11,X'4579f8858618a63cb85a595d02453703','datasync','40c3074f-0c92-b79b-397b-e1552ecf08ae','page_view','user-10',1704067201370,'{"id":"40c3074f-0c92-b79b-397b-e1552ecf08ae","sessionId":"530445201382180217","userId":"user-10","type":"page_view","name":"event_10","properties":{"page":"/p/10","value":10.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:01.370Z","session":{"id":"s-1","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(12,X'5442f528fc219f9a325430db4270d211','datasync','6caa462f-e23f-b055-cf42-0606fa81d883','click','user-11',1704067201000,'{"id":"6caa462f-e23f-b055-cf42-0606fa81d883","sessionId":"3774817245553408877","userId":"user-11","type":"click","name":"event_11","properties":{"page":"/p/11","value":11.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:01.000Z","session":{"id":"s-1","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(13,X'0197a2a9a0c267c816650584f2805eb1','datasync','f55bdad0-f1d0-e35e-c13e-7216d66fce79','purchase','user-12',1704067201644,'{"id":"f55bdad0-f1d0-e35e-c13e-7216d66fce79","sessionId":"4016745674725997500","userId":"user-12","type":"purchase","name":"event_12","properties":{"page":"/p/12","value":12.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:01.644Z","session":{"id":"s-1","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(14,X'9ed7cc2c8caae4ce1a37edf253096e68','datasync','40422444-f0c2-e883-cc31-881698c7eaae','signup','user-13',1704067201781,'{"id":"40422444-f0c2-e883-cc31-881698c7eaae","sessionId":"15923203627879530961","userId":"user-13","type":"signup","name":"event_13","properties":{"page":"/p/13","value":13.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:01.781Z","session":{"id":"s-1","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(15,X'7b43e833cf21b0b80827f970ac354fc2','datasync','f03ea31a-6c10-885d-b4fc-6ea0ff63ada3','löschung','user-14',1704067201000,'{"id":"f03ea31a-6c10-885d-b4fc-6ea0ff63ada3","sessionId":"2692132535155015209","userId":"user-14","type":"löschung","name":"event_14","properties":{"page":"/p/14","value":14.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:01.000Z","session":{"id":"s-2","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(16,X'2eff53bbd22d3008b3a40571d1c6e680','datasync','8ab44963-90c5-3559-0bbe-7ce58248b60d','page_view','user-15',1704067202055,'{"id":"8ab44963-90c5-3559-0bbe-7ce58248b60d","sessionId":"257397085994358073","userId":"user-15","type":"page_view","name":"event_15","properties":{"page":"/p/15","value":15.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:02.055Z","session":{"id":"s-2","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(17,X'31395da1f14988ec5949b42caffd9171','datasync','76dad7b6-94f9-bd58-5417-5829be1cfa62','click','user-16',1704067202000,'{"id":"76dad7b6-94f9-bd58-5417-5829be1cfa62","sessionId":"15673735954724858045","userId":"user-16","type":"click","name":"event_16","properties":{"page":"/p/16","value":16.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:02.000Z","session":{"id":"s-2","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(18,X'7a9885ee00a898114ce25e51fe7cef83','datasync','b7235586-c234-866d-25a1-b9811ee415d4','purchase','user-17',1704067202329,'{"id":"b7235586-c234-866d-25a1-b9811ee415d4","sessionId":"3471015484745077182","userId":"user-17","type":"purchase","name":"event_17","properties":{"page":"/p/17","value":17.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:02.329Z","session":{"id":"s-2","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(19,X'82ceaccb4a5ffd89b9572d00b2a872d3','datasync','6539d163-7077-b944-00b7-c285e9385cae','signup','user-18',1704067202466,'{"id":"6539d163-7077-b944-00b7-c285e9385cae","sessionId":"18431927716282009713","userId":"user-18","type":"signup","name":"event_18","properties":{"page":"/p/18","value":18.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:02.466Z","session":{"id":"s-2","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(20,X'e3f1b210e4fac68248467c765357a6b6','datasync','2c546686-ef3e-6fc9-0238-af56a36507c9','löschung','user-19',1704067202000,'{"id":"2c546686-ef3e-6fc9-0238-af56a36507c9","sessionId":"16377936876142721111","userId":"user-19","type":"löschung","name":"event_19","properties":{"page":"/p/19","value":19.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:02.000Z","session":{"id":"s-2","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(21,X'b67cf44cf5dea228efd083af33202e51','datasync','b73d2867-721b-2f4f-c7f7-2b3da0e3a739','page_view','user-20',1704067202740,'{"id":"b73d2867-721b-2f4f-c7f7-2b3da0e3a739","sessionId":"1060890402764360434","userId":"user-20","type":"page_view","name":"event_20","properties":{"page":"/p/20","value":20.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:02.740Z","session":{"id":"s-2","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(22,X'ee39bbb353b38ad2834f07d0f5325256','datasync','798910ed-3344-4fe7-460c-0cbeaedfa6ae','click','user-21',1704067202000,'{"id":"798910ed-3344-4fe7-460c-0cbeaedfa6ae","sessionId":"15434875530296372041","userId":"user-21","type":"click","name":"event_21","properties":{"page":"/p/21","value":21.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:02.000Z","session":{"id":"s-3","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(23,X'4380909449c4046b4be25e828d1e891f','datasync','acb0d212-f114-e586-8f7c-97ace4a1b970','purchase','user-22',1704067203014,'{"id":"acb0d212-f114-e586-8f7c-97ace4a1b970","sessionId":"18272786274765299067","userId":"user-22","type":"purchase","name":"event_22","properties":{"page":"/p/22","value":22.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:03.014Z","session":{"id":"s-3","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(24,X'9fbe3a6423ea51d1152d4afe26331e84','datasync','f2985fda-dbbe-74a3-6e50-58611333fd7e','signup','user-23',1704067203151,'{"id":"f2985fda-dbbe-74a3-6e50-58611333fd7e","sessionId":"4002107291894103205","userId":"user-23","type":"signup","name":"event_23","properties":{"page":"/p/23","value":23.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:03.151Z","session":{"id":"s-3","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(25,X'12f84e53ac2a292e0eac2ab2392063a7','datasync','310e33d6-7c53-a3ff-a1b4-6293f6dadad1','löschung','user-24',1704067203000,'{"id":"310e33d6-7c53-a3ff-a1b4-6293f6dadad1","sessionId":"15393003569519446712","userId":"user-24","type":"löschung","name":"event_24","properties":{"page":"/p/24","value":24.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:03.000Z","session":{"id":"s-3","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(26,X'ed7d22126f8c4bca0fcddd8bca2773c6','datasync','c4b7929e-7e51-ea60-7b97-dd17c39289c5','page_view','user-25',1704067203425,'{"id":"c4b7929e-7e51-ea60-7b97-dd17c39289c5","sessionId":"15540095754773462584","userId":"user-25","type":"page_view","name":"event_25","properties":{"page":"/p/25","value":25.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:03.425Z","session":{"id":"s-3","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(27,X'57ecb6876cdc4fe662b2c0fb07800088','datasync','18900e87-54cb-a778-1a57-9d332df25b6c','click','user-26',1704067203000,'{"id":"18900e87-54cb-a778-1a57-9d332df25b6c","sessionId":"16763302723927541467","userId":"user-26","type":"click","name":"event_26","properties":{"page":"/p/26","value":26.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:03.000Z","session":{"id":"s-3","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(28,X'd94d8925b5f36d624a52610b4dfdc661','datasync','ca56e631-3030-a4b9-9c3e-0b986efb4339','purchase','user-27',1704067203699,'{"id":"ca56e631-3030-a4b9-9c3e-0b986efb4339","sessionId":"3622748380379877116","userId":"user-27","type":"purchase","name":"event_27","properties":{"page":"/p/27","value":27.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:03.699Z","session":{"id":"s-3","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(29,X'a63ad4f4fd6234bcde32f1db58e11a6c','datasync','4c715a25-f770-c170-f9b3-0c75d7d8bcd6','signup','user-28',1704067203836,'{"id":"4c715a25-f770-c170-f9b3-0c75d7d8bcd6","sessionId":"16107416851779296162","userId":"user-28","type":"signup","name":"event_28","properties":{"page":"/p/28","value":28.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:03.836Z","session":{"id":"s-4","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(30,X'a1230b9a2c64b6f45a19376b7136d71e','datasync','f6cc32e1-390a-63d8-f13b-dd2815e5824e','löschung','user-29',1704067203000,'{"id":"f6cc32e1-390a-63d8-f13b-dd2815e5824e","sessionId":"5727095992301866834","userId":"user-29","type":"löschung","name":"event_29","properties":{"page":"/p/29","value":29.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:03.000Z","session":{"id":"s-4","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(31,X'ecdc924045425a0104a9ded70af63aff','datasync','adf5faae-bebd-3662-4a5f-c334b632ad28','page_view','user-30',1704067204110,'{"id":"adf5faae-bebd-3662-4a5f-c334b632ad28","sessionId":"514794171988716146","userId":"user-30","type":"page_view","name":"event_30","properties":{"page":"/p/30","value":30.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:04.110Z","session":{"id":"s-4","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(32,X'db3a62e66b1524359248cc3135b9c2e7','datasync','ad356fd5-c840-cfdf-49e6-3f918acc28b0','click','user-31',1704067204000,'{"id":"ad356fd5-c840-cfdf-49e6-3f918acc28b0","sessionId":"6057085510246920549","userId":"user-31","type":"click","name":"event_31","properties":{"page":"/p/31","value":31.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:04.000Z","session":{"id":"s-4","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(33,X'38e833c9bac1693e5761ab002017286c','datasync','378a970a-6744-e2f6-a9e1-8aa50ba1a798','purchase','user-32',1704067204384,'{"id":"378a970a-6744-e2f6-a9e1-8aa50ba1a798","sessionId":"12536647777456729413","userId":"user-32","type":"purchase","name":"event_32","properties":{"page":"/p/32","value":32.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:04.384Z","session":{"id":"s-4","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(34,X'97799ffe0d094ba253d7f3973862f07a','datasync','74668e28-aa94-6678-3d5b-c7212caa16c0','signup','user-33',1704067204521,'{"id":"74668e28-aa94-6678-3d5b-c7212caa16c0","sessionId":"13012059237407811783","userId":"user-33","type":"signup","name":"event_33","properties":{"page":"/p/33","value":33.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:04.521Z","session":{"id":"s-4","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(35,X'b1b197ddbf7cb0968428494db4a2f577','datasync','4c5d9df6-8996-4c99-f7bf-14dec8b09892','löschung','user-34',1704067204000,'{"id":"4c5d9df6-8996-4c99-f7bf-14dec8b09892","sessionId":"14301543196384307260","userId":"user-34","type":"löschung","name":"event_34","properties":{"page":"/p/34","value":34.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:04.000Z","session":{"id":"s-4","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(36,X'e184efdb901fea315f1952c789439c2b','datasync','11081ea3-03ed-f267-c538-938f7a84c050','page_view','user-35',1704067204795,'{"id":"11081ea3-03ed-f267-c538-938f7a84c050","sessionId":"4893107102001668798","userId":"user-35","type":"page_view","name":"event_35","properties":{"page":"/p/35","value":35.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:04.795Z","session":{"id":"s-5","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(37,X'2a74cd5d5056ee11a8adf4ad14f90c1a','datasync','3c00e4d3-3296-b2f7-283c-b0518948bfa0','click','user-36',1704067204000,'{"id":"3c00e4d3-3296-b2f7-283c-b0518948bfa0","sessionId":"18417111350264533218","userId":"user-36","type":"click","name":"event_36","properties":{"page":"/p/36","value":36.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:04.000Z","session":{"id":"s-5","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(38,X'1f7db314617d0258dc266500727a6217','datasync','0fd279dd-8c5a-8cc1-f2cf-9f88f47f23f7','purchase','user-37',1704067205069,'{"id":"0fd279dd-8c5a-8cc1-f2cf-9f88f47f23f7","sessionId":"5304946280059244056","userId":"user-37","type":"purchase","name":"event_37","properties":{"page":"/p/37","value":37.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:05.069Z","session":{"id":"s-5","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(39,X'6c084555b598ad2bdf84c67fbc6c9f72','datasync','a3d14a21-3330-6258-b395-1da483ea63db','signup','user-38',1704067205206,'{"id":"a3d14a21-3330-6258-b395-1da483ea63db","sessionId":"6585537390336906094","userId":"user-38","type":"signup","name":"event_38","properties":{"page":"/p/38","value":38.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:05.206Z","session":{"id":"s-5","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(40,X'd0d8583e78117f205e9750b3b88929e1','datasync','35473446-332d-412b-b783-25ea1afcbd1f','löschung','user-39',1704067205000,'{"id":"35473446-332d-412b-b783-25ea1afcbd1f","sessionId":"2818289925169139075","userId":"user-39","type":"löschung","name":"event_39","properties":{"page":"/p/39","value":39.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:05.000Z","session":{"id":"s-5","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(41,X'e644ff6ed7ef6c66cb1822e3435240d9','datasync','c3b95f34-4c6e-524d-192b-f170d113e7c4','page_view','user-40',1704067205480,'{"id":"c3b95f34-4c6e-524d-192b-f170d113e7c4","sessionId":"13209012661203997477","userId":"user-40","type":"page_view","name":"event_40","properties":{"page":"/p/40","value":40.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:05.480Z","session":{"id":"s-5","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(42,X'ddb870d7f5e7be4977eb485757a0eddb','datasync','546a4ca2-b59f-4dc9-0817-9251daccf21f','click','user-41',1704067205000,'{"id":"546a4ca2-b59f-4dc9-0817-9251daccf21f","sessionId":"7408963384981888293","userId":"user-41","type":"click","name":"event_41","properties":{"page":"/p/41","value":41.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:05.000Z","session":{"id":"s-5","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(43,X'f193c5a61c0c047598fa1da0740964e9','datasync','03e937e4-df4f-4021-e324-5e42cad6e2a6','purchase','user-42',1704067205754,'{"id":"03e937e4-df4f-4021-e324-5e42cad6e2a6","sessionId":"12058926934050108962","userId":"user-42","type":"purchase","name":"event_42","properties":{"page":"/p/42","value":42.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:05.754Z","session":{"id":"s-6","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(44,X'938938ab72e153a8f399e0863f72fdf0','datasync','96b7acf9-1881-5c3a-b5ac-722a5073aa28','signup','user-43',1704067205891,'{"id":"96b7acf9-1881-5c3a-b5ac-722a5073aa28","sessionId":"5695472266747893962","userId":"user-43","type":"signup","name":"event_43","properties":{"page":"/p/43","value":43.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:05.891Z","session":{"id":"s-6","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(45,X'796ab8d4c1d3895219db03a25031c337','datasync','1aeb33bd-01f1-5bb2-f17f-97d704107d1e','löschung','user-44',1704067206000,'{"id":"1aeb33bd-01f1-5bb2-f17f-97d704107d1e","sessionId":"18098828467231111927","userId":"user-44","type":"löschung","name":"event_44","properties":{"page":"/p/44","value":44.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:06.000Z","session":{"id":"s-6","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(46,X'3201f6d17c54f9ac78c5dd01be9dd89b','datasync','8a757d4b-9869-d372-6dd5-c9abe5ffe743','page_view','user-45',1704067206165,'{"id":"8a757d4b-9869-d372-6dd5-c9abe5ffe743","sessionId":"13672846375540944515","userId":"user-45","type":"page_view","name":"event_45","properties":{"page":"/p/45","value":45.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:06.165Z","session":{"id":"s-6","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(47,X'39f36c4cae2f9141a1c2cf5b9a655f74','datasync','6c79c959-6d9b-4e7c-0a8e-c79dac77d74f','click','user-46',1704067206000,'{"id":"6c79c959-6d9b-4e7c-0a8e-c79dac77d74f","sessionId":"8004214583788206411","userId":"user-46","type":"click","name":"event_46","properties":{"page":"/p/46","value":46.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:06.000Z","session":{"id":"s-6","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(48,X'7bf18f88dfae0fa1b2b7370989232e46','datasync','1df2659c-a501-cae1-1278-f36d8e7ff9f6','purchase','user-47',1704067206439,'{"id":"1df2659c-a501-cae1-1278-f36d8e7ff9f6","sessionId":"6530207483761974300","userId":"user-47","type":"purchase","name":"event_47","properties":{"page":"/p/47","value":47.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:06.439Z","session":{"id":"s-6","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(49,X'b51501bc0cc77e393fbd2786f7403006','datasync','1a58a493-0a97-cd23-ef44-8d7549b5f173','signup','user-48',1704067206576,'{"id":"1a58a493-0a97-cd23-ef44-8d7549b5f173","sessionId":"11975182995528610148","userId":"user-48","type":"signup","name":"event_48","properties":{"page":"/p/48","value":48.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:06.576Z","session":{"id":"s-6","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(50,X'fd3a44e621284f30822d88eef57a42d7','datasync','891cad05-cb4d-4d6f-b6b9-2077d659686d','löschung','user-49',1704067206000,'{"id":"891cad05-cb4d-4d6f-b6b9-2077d659686d","sessionId":"7072182788822321375","userId":"user-49","type":"löschung","name":"event_49","properties":{"page":"/p/49","value":49.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:06.000Z","session":{"id":"s-7","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(51,X'540526328a0f1186859640d881e6e4ca','datasync','3ef4e644-9660-8efe-60a1-b7e62e195985','page_view','user-50',1704067206850,'{"id":"3ef4e644-9660-8efe-60a1-b7e62e195985","sessionId":"5273935210954647344","userId":"user-50","type":"page_view","name":"event_50","properties":{"page":"/p/50","value":50.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:06.850Z","session":{"id":"s-7","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(52,X'3c397b420f6f8f987299fc7ad8fe9353','datasync','bffb87ff-3b1e-6d6f-547d-c022e6921aa3','click','user-51',1704067206000,'{"id":"bffb87ff-3b1e-6d6f-547d-c022e6921aa3","sessionId":"14672375458755048441","userId":"user-51","type":"click","name":"event_51","properties":{"page":"/p/51","value":51.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:06.000Z","session":{"id":"s-7","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(53,X'ad0adb00cf67a55db89c424a6bf0c34f','datasync','6b0ea69e-98df-d183-ca75-d2d4508a900b','purchase','user-52',1704067207124,'{"id":"6b0ea69e-98df-d183-ca75-d2d4508a900b","sessionId":"7356269083696073767","userId":"user-52","type":"purchase","name":"event_52","properties":{"page":"/p/52","value":52.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:07.124Z","session":{"id":"s-7","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(54,X'2036ac3ed399745610525bb6a292acc0','datasync','d832f833-e07a-e897-9d4b-b4a7591cf223','signup','user-53',1704067207261,'{"id":"d832f833-e07a-e897-9d4b-b4a7591cf223","sessionId":"7147166882933185492","userId":"user-53","type":"signup","name":"event_53","properties":{"page":"/p/53","value":53.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:07.261Z","session":{"id":"s-7","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(55,X'7fba3f28f240600c6e09b9058f071ada','datasync','692ba30e-d5c0-9a8e-8101-a9c07449501a','löschung','user-54',1704067207000,'{"id":"692ba30e-d5c0-9a8e-8101-a9c07449501a","sessionId":"17968648535843126108","userId":"user-54","type":"löschung","name":"event_54","properties":{"page":"/p/54","value":54.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:07.000Z","session":{"id":"s-7","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(56,X'0e1d7e4054559c988615adb2ec92c043','datasync','cf84fe08-b99b-e0f3-4b3b-7a68afb7dceb','page_view','user-55',1704067207535,'{"id":"cf84fe08-b99b-e0f3-4b3b-7a68afb7dceb","sessionId":"11150189153412188827","userId":"user-55","type":"page_view","name":"event_55","properties":{"page":"/p/55","value":55.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:07.535Z","session":{"id":"s-7","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(57,X'be9bafaa74cdad56b82eea44378d1b8f','datasync','51d5e02a-2866-2f59-f202-1ddbaa7416ba','click','user-56',1704067207000,'{"id":"51d5e02a-2866-2f59-f202-1ddbaa7416ba","sessionId":"6408577403062300676","userId":"user-56","type":"click","name":"event_56","properties":{"page":"/p/56","value":56.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:07.000Z","session":{"id":"s-8","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(58,X'fe9094e660cfa0b5fbbfd88a1a5a299d','datasync','fcb80a47-0ce7-7bce-6f66-43b17e98ec5b','purchase','user-57',1704067207809,'{"id":"fcb80a47-0ce7-7bce-6f66-43b17e98ec5b","sessionId":"7075694541182574609","userId":"user-57","type":"purchase","name":"event_57","properties":{"page":"/p/57","value":57.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:07.809Z","session":{"id":"s-8","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(59,X'c9795d89719347ca2caeee283ed3194d','datasync','a59a0202-d4d1-0ebc-7499-fc84f2ea3b61','signup','user-58',1704067207946,'{"id":"a59a0202-d4d1-0ebc-7499-fc84f2ea3b61","sessionId":"11090111925092776312","userId":"user-58","type":"signup","name":"event_58","properties":{"page":"/p/58","value":58.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:07.946Z","session":{"id":"s-8","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(60,X'5a3f6472c6419f108782c3196d546262','datasync','ddbbfcd1-c676-4aec-b9eb-63a35ec843bc','löschung','user-59',1704067208000,'{"id":"ddbbfcd1-c676-4aec-b9eb-63a35ec843bc","sessionId":"10076973041884463646","userId":"user-59","type":"löschung","name":"event_59","properties":{"page":"/p/59","value":59.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:08.000Z","session":{"id":"s-8","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(61,X'd54a043dbb68dd4d9f89763fc4e13252','datasync','93e55978-ad88-ecf5-d423-547d4f044678','page_view','user-60',1704067208220,'{"id":"93e55978-ad88-ecf5-d423-547d4f044678","sessionId":"1029588343977432293","userId":"user-60","type":"page_view","name":"event_60","properties":{"page":"/p/60","value":60.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:08.220Z","session":{"id":"s-8","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(62,X'1ec0863dab6472c3b7a5ea27d0f1a531','datasync','9d2c3c2b-553c-52c0-e8d5-4402397d9e79','click','user-61',1704067208000,'{"id":"9d2c3c2b-553c-52c0-e8d5-4402397d9e79","sessionId":"10548668306121838399","userId":"user-61","type":"click","name":"event_61","properties":{"page":"/p/61","value":61.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:08.000Z","session":{"id":"s-8","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(63,X'b7aa059e29e8b9a21bdab69808fb7665','datasync','160ba2d4-bbe4-2ea0-7d3c-3cb4b94d9106','purchase','user-62',1704067208494,'{"id":"160ba2d4-bbe4-2ea0-7d3c-3cb4b94d9106","sessionId":"4390578731573190763","userId":"user-62","type":"purchase","name":"event_62","properties":{"page":"/p/62","value":62.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:08.494Z","session":{"id":"s-8","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(64,X'80d34a5f84a3af6db7c0ebbaee342bd6','datasync','4808c822-3e6e-6017-6606-c1dd8df5884b','signup','user-63',1704067208631,'{"id":"4808c822-3e6e-6017-6606-c1dd8df5884b","sessionId":"16265493861000839189","userId":"user-63","type":"signup","name":"event_63","properties":{"page":"/p/63","value":63.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:08.631Z","session":{"id":"s-9","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(65,X'64a9e7ca7f7fb2cbbc429dff966b3b95','datasync','1facb92f-df1d-6624-064f-86f60fad5300','löschung','user-64',1704067208000,'{"id":"1facb92f-df1d-6624-064f-86f60fad5300","sessionId":"9990191023282495955","userId":"user-64","type":"löschung","name":"event_64","properties":{"page":"/p/64","value":64.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:08.000Z","session":{"id":"s-9","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(66,X'53229e3fe0fde79ab082beffcb760478','datasync','46ef72e6-e4cd-ca80-c35a-d75235f36f27','page_view','user-65',1704067208905,'{"id":"46ef72e6-e4cd-ca80-c35a-d75235f36f27","sessionId":"7717048380801830571","userId":"user-65","type":"page_view","name":"event_65","properties":{"page":"/p/65","value":65.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:08.905Z","session":{"id":"s-9","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(67,X'0292c2fa8e19a6be3a1674f2d8710700','datasync','dd0562cc-d048-fd74-c649-985038d3341b','click','user-66',1704067209000,'{"id":"dd0562cc-d048-fd74-c649-985038d3341b","sessionId":"14936886612977802319","userId":"user-66","type":"click","name":"event_66","properties":{"page":"/p/66","value":66.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:09.000Z","session":{"id":"s-9","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(68,X'e2e989975ffd706d3617152c4b2afdef','datasync','76da174c-eb2f-0e9d-2ea7-b8fe9779918e','purchase','user-67',1704067209179,'{"id":"76da174c-eb2f-0e9d-2ea7-b8fe9779918e","sessionId":"11847565599907461876","userId":"user-67","type":"purchase","name":"event_67","properties":{"page":"/p/67","value":67.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:09.179Z","session":{"id":"s-9","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(69,X'647218c700ae71010e6f03499287a9c2','datasync','6a74539b-4674-351a-1f50-4abac87d7dee','signup','user-68',1704067209316,'{"id":"6a74539b-4674-351a-1f50-4abac87d7dee","sessionId":"2432750011920626469","userId":"user-68","type":"signup","name":"event_68","properties":{"page":"/p/68","value":68.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:09.316Z","session":{"id":"s-9","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(70,X'7caf1fbcb25dd91498cfc9be4533961e','datasync','81ed9ba9-8849-2e60-4792-e583d1c3b081','löschung','user-69',1704067209000,'{"id":"81ed9ba9-8849-2e60-4792-e583d1c3b081","sessionId":"4725800167843106944","userId":"user-69","type":"löschung","name":"event_69","properties":{"page":"/p/69","value":69.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:09.000Z","session":{"id":"s-9","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(71,X'492ff26ede287d22a35e111987509628','datasync','10b1db20-80cc-0f15-1b8f-b030ffbd9d55','page_view','user-70',1704067209590,'{"id":"10b1db20-80cc-0f15-1b8f-b030ffbd9d55","sessionId":"9786214204003337596","userId":"user-70","type":"page_view","name":"event_70","properties":{"page":"/p/70","value":70.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:09.590Z","session":{"id":"s-10","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(72,X'12c0f9e799ce03740c738d72e508a7cf','datasync','ee5790c9-3903-a5cf-7999-c24fdfbc8862','click','user-71',1704067209000,'{"id":"ee5790c9-3903-a5cf-7999-c24fdfbc8862","sessionId":"5471417827698169641","userId":"user-71","type":"click","name":"event_71","properties":{"page":"/p/71","value":71.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:09.000Z","session":{"id":"s-10","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(73,X'c54265f67cc13efb1e1bae9cbbce64ae','datasync','326f3d09-b734-3559-f4d7-2549798c97d4','purchase','user-72',1704067209864,'{"id":"326f3d09-b734-3559-f4d7-2549798c97d4","sessionId":"7300246764159736452","userId":"user-72","type":"purchase","name":"event_72","properties":{"page":"/p/72","value":72.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:09.864Z","session":{"id":"s-10","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(74,X'cf2498bde4f717106497c71c8a453488','datasync','b05bf9f0-cb8e-56f2-2cd1-cda6c83eefee','signup','user-73',1704067210001,'{"id":"b05bf9f0-cb8e-56f2-2cd1-cda6c83eefee","sessionId":"12075311308651464432","userId":"user-73","type":"signup","name":"event_73","properties":{"page":"/p/73","value":73.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:10.001Z","session":{"id":"s-10","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(75,X'69ea1bfb5ede0d18d71f7035e62b9427','datasync','ec53aadf-750f-05f0-719e-3213f4549c4a','löschung','user-74',1704067210000,'{"id":"ec53aadf-750f-05f0-719e-3213f4549c4a","sessionId":"13973532119631082787","userId":"user-74","type":"löschung","name":"event_74","properties":{"page":"/p/74","value":74.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:10.000Z","session":{"id":"s-10","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(76,X'c449038255586f69988355d5e5289e49','datasync','634bc300-4893-26af-fe4f-75254ce4149b','page_view','user-75',1704067210275,'{"id":"634bc300-4893-26af-fe4f-75254ce4149b","sessionId":"14972952708430041741","userId":"user-75","type":"page_view","name":"event_75","properties":{"page":"/p/75","value":75.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:10.275Z","session":{"id":"s-10","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(77,X'd7360df90e13e474bd039a068791978d','datasync','c49a01d2-8600-acc2-8bbc-7a02bd2f7cc0','click','user-76',1704067210000,'{"id":"c49a01d2-8600-acc2-8bbc-7a02bd2f7cc0","sessionId":"13171074780673812189","userId":"user-76","type":"click","name":"event_76","properties":{"page":"/p/76","value":76.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:10.000Z","session":{"id":"s-10","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(78,X'854826265929cd88517a4d572d4fae7e','datasync','c06af33b-a513-32f6-71e1-8f1d1746da65','purchase','user-77',1704067210549,'{"id":"c06af33b-a513-32f6-71e1-8f1d1746da65","sessionId":"3240998215670010520","userId":"user-77","type":"purchase","name":"event_77","properties":{"page":"/p/77","value":77.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:10.549Z","session":{"id":"s-11","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(79,X'5e17c4fa479cff47e33e59bb38114180','datasync','f511265e-8d35-b925-af3c-63ead57e561e','signup','user-78',1704067210686,'{"id":"f511265e-8d35-b925-af3c-63ead57e561e","sessionId":"16359731627690952599","userId":"user-78","type":"signup","name":"event_78","properties":{"page":"/p/78","value":78.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:10.686Z","session":{"id":"s-11","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(80,X'4518dd32a9a349a179c28a054be6f0f6','datasync','74d296f6-d399-2013-7fda-ce67efefc700','löschung','user-79',1704067210000,'{"id":"74d296f6-d399-2013-7fda-ce67efefc700","sessionId":"14983551149090893449","userId":"user-79","type":"löschung","name":"event_79","properties":{"page":"/p/79","value":79.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:10.000Z","session":{"id":"s-11","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(81,X'd6065c206b7712a8ee4255af674c12fc','datasync','40c1e713-fcbe-45cf-a468-dd9ce3528040','page_view','user-80',1704067210960,'{"id":"40c1e713-fcbe-45cf-a468-dd9ce3528040","sessionId":"611769013472762634","userId":"user-80","type":"page_view","name":"event_80","properties":{"page":"/p/80","value":80.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:10.960Z","session":{"id":"s-11","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(82,X'e6c7e4973b238501c5488e40671788ff','datasync','269ec2ae-97f2-e4d7-3db1-1cdcb977f9d4','click','user-81',1704067211000,'{"id":"269ec2ae-97f2-e4d7-3db1-1cdcb977f9d4","sessionId":"10031739448034038636","userId":"user-81","type":"click","name":"event_81","properties":{"page":"/p/81","value":81.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:11.000Z","session":{"id":"s-11","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(83,X'06e8c9daac6596432bec77cf1977a80f','datasync','5d81c3fe-087a-bbed-0c50-239b76761b4d','purchase','user-82',1704067211234,'{"id":"5d81c3fe-087a-bbed-0c50-239b76761b4d","sessionId":"3730694915902580491","userId":"user-82","type":"purchase","name":"event_82","properties":{"page":"/p/82","value":82.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:11.234Z","session":{"id":"s-11","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(84,X'01367216982156f77e331f71803eaa39','datasync','2ff71c80-4a66-b0b7-36f1-a010c38b83ce','signup','user-83',1704067211371,'{"id":"2ff71c80-4a66-b0b7-36f1-a010c38b83ce","sessionId":"5041659218346326752","userId":"user-83","type":"signup","name":"event_83","properties":{"page":"/p/83","value":83.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:11.371Z","session":{"id":"s-11","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(85,X'5199b0d73b9d3d7e066e34cfc8abeb7f','datasync','7d4f1ec2-5328-d8b5-0d74-6a7886d31ac7','löschung','user-84',1704067211000,'{"id":"7d4f1ec2-5328-d8b5-0d74-6a7886d31ac7","sessionId":"16394261569950477017","userId":"user-84","type":"löschung","name":"event_84","properties":{"page":"/p/84","value":84.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:11.000Z","session":{"id":"s-12","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(86,X'815b7cee7371add250d821d237f71332','datasync','ac1460a3-a087-784a-3c5e-100fa7d535bf','page_view','user-85',1704067211645,'{"id":"ac1460a3-a087-784a-3c5e-100fa7d535bf","sessionId":"9585276460381396391","userId":"user-85","type":"page_view","name":"event_85","properties":{"page":"/p/85","value":85.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:11.645Z","session":{"id":"s-12","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(87,X'323acd55951fec2fdf7d52d9677b657b','datasync','a80a699e-83c1-3051-e74e-b4ce18f963e5','click','user-86',1704067211000,'{"id":"a80a699e-83c1-3051-e74e-b4ce18f963e5","sessionId":"11390944533495787925","userId":"user-86","type":"click","name":"event_86","properties":{"page":"/p/86","value":86.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:11.000Z","session":{"id":"s-12","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(88,X'f3a1af6fa2ca450ca32fab7d39c99068','datasync','e299ea80-f3fd-b4f2-9baf-c43d7d5c1e6e','purchase','user-87',1704067211919,'{"id":"e299ea80-f3fd-b4f2-9baf-c43d7d5c1e6e","sessionId":"14922017893251011897","userId":"user-87","type":"purchase","name":"event_87","properties":{"page":"/p/87","value":87.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:11.919Z","session":{"id":"s-12","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(89,X'0f01733aba3eafdca580456a46dbd7d6','datasync','dce58bd2-71df-1297-c3e0-17b669b69413','signup','user-88',1704067212056,'{"id":"dce58bd2-71df-1297-c3e0-17b669b69413","sessionId":"2667808336030093935","userId":"user-88","type":"signup","name":"event_88","properties":{"page":"/p/88","value":88.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:12.056Z","session":{"id":"s-12","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(90,X'd62a7a59072467d03289f14e09695bb2','datasync','ccd0ce4a-ce7f-0528-7160-246569a3145c','löschung','user-89',1704067212000,'{"id":"ccd0ce4a-ce7f-0528-7160-246569a3145c","sessionId":"2103579030696018535","userId":"user-89","type":"löschung","name":"event_89","properties":{"page":"/p/89","value":89.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:12.000Z","session":{"id":"s-12","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(91,X'd11f1cb41ed332df8635d97234bf5213','datasync','3430f394-3595-b0f7-bae5-a89661710bdd','page_view','user-90',1704067212330,'{"id":"3430f394-3595-b0f7-bae5-a89661710bdd","sessionId":"12262588240714200150","userId":"user-90","type":"page_view","name":"event_90","properties":{"page":"/p/90","value":90.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:12.330Z","session":{"id":"s-12","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(92,X'491dcde4c7ae7567df2353ebaf721df6','datasync','e194f7e3-ea6e-e614-ab91-f92ce253f40c','click','user-91',1704067212000,'{"id":"e194f7e3-ea6e-e614-ab91-f92ce253f40c","sessionId":"10847583404698106623","userId":"user-91","type":"click","name":"event_91","properties":{"page":"/p/91","value":91.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:12.000Z","session":{"id":"s-13","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(93,X'f34de5340feb9754d31e93839ed093f4','datasync','555b743a-8b60-11a3-3d38-b65c5666108b','purchase','user-92',1704067212604,'{"id":"555b743a-8b60-11a3-3d38-b65c5666108b","sessionId":"16008429167576412822","userId":"user-92","type":"purchase","name":"event_92","properties":{"page":"/p/92","value":92.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:12.604Z","session":{"id":"s-13","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(94,X'aae35260f02690f1c8d87be51d4d97a3','datasync','7312155d-aec2-5bca-c4da-bb9899183ba9','signup','user-93',1704067212741,'{"id":"7312155d-aec2-5bca-c4da-bb9899183ba9","sessionId":"18355944546938550274","userId":"user-93","type":"signup","name":"event_93","properties":{"page":"/p/93","value":93.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:12.741Z","session":{"id":"s-13","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(95,X'344d2fa02c5b14c0c0eef808af96601b','datasync','fbfb133f-f78c-8cd9-04a0-85de477f79ed','löschung','user-94',1704067212000,'{"id":"fbfb133f-f78c-8cd9-04a0-85de477f79ed","sessionId":"5336822671484852701","userId":"user-94","type":"löschung","name":"event_94","properties":{"page":"/p/94","value":94.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:12.000Z","session":{"id":"s-13","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(96,X'8c8763608974119e539befad24292702','datasync','fb3f7cf8-0f5a-bb6a-4b82-97d6bf4d2e6e','page_view','user-95',1704067213015,'{"id":"fb3f7cf8-0f5a-bb6a-4b82-97d6bf4d2e6e","sessionId":"15128455865563933274","userId":"user-95","type":"page_view","name":"event_95","properties":{"page":"/p/95","value":95.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:13.015Z","session":{"id":"s-13","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(97,X'f307252e14eb69e0475db7b449b6e250','datasync','af5acff5-40de-7f47-213e-2ca5945a3999','click','user-96',1704067213000,'{"id":"af5acff5-40de-7f47-213e-2ca5945a3999","sessionId":"12863134145693902729","userId":"user-96","type":"click","name":"event_96","properties":{"page":"/p/96","value":96.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:13.000Z","session":{"id":"s-13","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(98,X'fa269c1bbff238f79ee905eed52f5050','datasync','8e2bd008-288d-7e49-1cbb-94b23917b701','purchase','user-97',1704067213289,'{"id":"8e2bd008-288d-7e49-1cbb-94b23917b701","sessionId":"12609935244270955673","userId":"user-97","type":"purchase","name":"event_0","properties":{"page":"/p/97","value":97.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:13.289Z","session":{"id":"s-13","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(99,X'3898b67f976169757d7090dc0b4145c0','datasync','3cd7fb60-4e72-52e2-7ba8-ae5b5485e6fb','signup','user-98',1704067213426,'{"id":"3cd7fb60-4e72-52e2-7ba8-ae5b5485e6fb","sessionId":"17508005127702757215","userId":"user-98","type":"signup","name":"event_1","properties":{"page":"/p/98","value":98.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:13.426Z","session":{"id":"s-14","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(100,X'0032b07e6c76cf1f0a3a3feec323013c','datasync','4d51e76c-9ed3-0d91-b2f5-0935909af4cd','löschung','user-99',1704067213000,'{"id":"4d51e76c-9ed3-0d91-b2f5-0935909af4cd","sessionId":"8777055843625058441","userId":"user-99","type":"löschung","name":"event_2","properties":{"page":"/p/99","value":99.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:13.000Z","session":{"id":"s-14","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(101,X'14f13f9838601c639e115730cae63d9f','datasync','9a9e2618-d0c7-40ed-c67e-0a8365197ded','page_view','user-100',1704067213700,'{"id":"9a9e2618-d0c7-40ed-c67e-0a8365197ded","sessionId":"2824278126137619252","userId":"user-100","type":"page_view","name":"event_3","properties":{"page":"/p/100","value":100.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:13.700Z","session":{"id":"s-14","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(102,X'523d27cded9e36ec3d95524cc8c2904f','datasync','6042f852-6945-f0c8-2c80-d84ce61941fb','click','user-101',1704067213000,'{"id":"6042f852-6945-f0c8-2c80-d84ce61941fb","sessionId":"12093438059053515543","userId":"user-101","type":"click","name":"event_4","properties":{"page":"/p/101","value":101.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:13.000Z","session":{"id":"s-14","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(103,X'1bff1e74ec76c0110d2104219093fbc7','datasync','289fcd40-e9ed-13f0-42ae-c813c05f4a3d','purchase','user-102',1704067213974,'{"id":"289fcd40-e9ed-13f0-42ae-c813c05f4a3d","sessionId":"10898006835210610675","userId":"user-102","type":"purchase","name":"event_5","properties":{"page":"/p/102","value":102.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:13.974Z","session":{"id":"s-14","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(104,X'316c3e58e11b793217f2501b6ac1f422','datasync','606b04fd-a26c-8880-77cb-705837fd4656','signup','user-103',1704067214111,'{"id":"606b04fd-a26c-8880-77cb-705837fd4656","sessionId":"5888146523179883913","userId":"user-103","type":"signup","name":"event_6","properties":{"page":"/p/103","value":103.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:14.111Z","session":{"id":"s-14","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(105,X'2cf93ce782f9cffadc1d55ba50ca7f60','datasync','24a0c428-28de-fede-3507-14337e696469','löschung','user-104',1704067214000,'{"id":"24a0c428-28de-fede-3507-14337e696469","sessionId":"18076177714530889358","userId":"user-104","type":"löschung","name":"event_7","properties":{"page":"/p/104","value":104.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:14.000Z","session":{"id":"s-14","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(106,X'9f90f443b8fc03e14d09539d1f72beff','datasync','6434492e-9699-f758-410a-8357bb44fb8c','page_view','user-105',1704067214385,'{"id":"6434492e-9699-f758-410a-8357bb44fb8c","sessionId":"1624488026110005759","userId":"user-105","type":"page_view","name":"event_8","properties":{"page":"/p/105","value":105.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:14.385Z","session":{"id":"s-15","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(107,X'5723be78bd7b47d254d546be45eaf16c','datasync','700adb1a-f66a-4045-a6ec-968447991ea9','click','user-106',1704067214000,'{"id":"700adb1a-f66a-4045-a6ec-968447991ea9","sessionId":"3207101912732842601","userId":"user-106","type":"click","name":"event_9","properties":{"page":"/p/106","value":106.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:14.000Z","session":{"id":"s-15","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(108,X'edaf3514d7f365a615fb9a5c79c2ad9f','datasync','9d6bf898-ffe5-a9fe-3cf8-fbb75ee71e2d','purchase','user-107',1704067214659,'{"id":"9d6bf898-ffe5-a9fe-3cf8-fbb75ee71e2d","sessionId":"9657906943860655261","userId":"user-107","type":"purchase","name":"event_10","properties":{"page":"/p/107","value":107.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:14.659Z","session":{"id":"s-15","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(109,X'760c4038ff183fc6d6d93755dd1c3981','datasync','2f246851-9f56-34f6-93a9-02004f04d998','signup','user-108',1704067214796,'{"id":"2f246851-9f56-34f6-93a9-02004f04d998","sessionId":"17490553006566635193","userId":"user-108","type":"signup","name":"event_11","properties":{"page":"/p/108","value":108.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:14.796Z","session":{"id":"s-15","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(110,X'25e64142f332c25c56259c11603e85ad','datasync','aacc1306-0d69-7910-6176-72b86316051e','löschung','user-109',1704067214000,'{"id":"aacc1306-0d69-7910-6176-72b86316051e","sessionId":"3508150947665015618","userId":"user-109","type":"löschung","name":"event_12","properties":{"page":"/p/109","value":109.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:14.000Z","session":{"id":"s-15","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(111,X'6970f1d8912c03cc7122bcf5f401068c','datasync','665e843b-c4b9-901a-6009-67ba8721e72a','page_view','user-110',1704067215070,'{"id":"665e843b-c4b9-901a-6009-67ba8721e72a","sessionId":"14576785997527842710","userId":"user-110","type":"page_view","name":"event_13","properties":{"page":"/p/110","value":110.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:15.070Z","session":{"id":"s-15","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(112,X'7145bc06500ac0bf893104392557c718','datasync','5ae1b4a1-69c5-1398-2176-4248945d84d8','click','user-111',1704067215000,'{"id":"5ae1b4a1-69c5-1398-2176-4248945d84d8","sessionId":"6349343671384948599","userId":"user-111","type":"click","name":"event_14","properties":{"page":"/p/111","value":111.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:15.000Z","session":{"id":"s-15","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(113,X'fd127512e08e5447b15b25ad9e0aec86','datasync','007fae0f-5094-79ac-93e5-5af84cddb640','purchase','user-112',1704067215344,'{"id":"007fae0f-5094-79ac-93e5-5af84cddb640","sessionId":"1729922950368586568","userId":"user-112","type":"purchase","name":"event_15","properties":{"page":"/p/112","value":112.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:15.344Z","session":{"id":"s-16","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(114,X'f31275d996d8206cd7dd4b5a0d15f53b','datasync','b150d699-eab0-8f08-62c8-e3944a49ad49','signup','user-113',1704067215481,'{"id":"b150d699-eab0-8f08-62c8-e3944a49ad49","sessionId":"16346140522969773950","userId":"user-113","type":"signup","name":"event_16","properties":{"page":"/p/113","value":113.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:15.481Z","session":{"id":"s-16","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(115,X'04cc0de03aba50022b241bf8bed81f83','datasync','7d3a37f2-b1df-87a0-5575-1c07ba7b914d','löschung','user-114',1704067215000,'{"id":"7d3a37f2-b1df-87a0-5575-1c07ba7b914d","sessionId":"17515028648514699091","userId":"user-114","type":"löschung","name":"event_17","properties":{"page":"/p/114","value":114.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:15.000Z","session":{"id":"s-16","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(116,X'6a9ac7f9a93490e955bd11e6a93c5537','datasync','3bcb06ab-c646-d991-c28e-d02aa70c21a9','page_view','user-115',1704067215755,'{"id":"3bcb06ab-c646-d991-c28e-d02aa70c21a9","sessionId":"8677821492407141530","userId":"user-115","type":"page_view","name":"event_18","properties":{"page":"/p/115","value":115.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:15.755Z","session":{"id":"s-16","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(117,X'efeec9d87cf7daad46e2afe3b4a9d4c4','datasync','4d6d908a-23fb-dd79-da8b-70be86135de6','click','user-116',1704067215000,'{"id":"4d6d908a-23fb-dd79-da8b-70be86135de6","sessionId":"3733479767886066416","userId":"user-116","type":"click","name":"event_19","properties":{"page":"/p/116","value":116.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:15.000Z","session":{"id":"s-16","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(118,X'49c55aef14871c72881cbe1e730a5953','datasync','2b9b743f-c0eb-b444-6c92-de8af3e4c5a3','purchase','user-117',1704067216029,'{"id":"2b9b743f-c0eb-b444-6c92-de8af3e4c5a3","sessionId":"17224199406422240750","userId":"user-117","type":"purchase","name":"event_20","properties":{"page":"/p/117","value":117.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:16.029Z","session":{"id":"s-16","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(119,X'71bf5c62e2f89efdfd3b84e45d6a5b11','datasync','a417cbc2-a26a-1bf4-a466-b56a6f9b773a','signup','user-118',1704067216166,'{"id":"a417cbc2-a26a-1bf4-a466-b56a6f9b773a","sessionId":"1707202001469441085","userId":"user-118","type":"signup","name":"event_21","properties":{"page":"/p/118","value":118.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:16.166Z","session":{"id":"s-16","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(120,X'805a5ac396f07457fd8f5fae12b746a5','datasync','dd87c1d3-72ea-1789-fb3b-45ae115f880a','löschung','user-119',1704067216000,'{"id":"dd87c1d3-72ea-1789-fb3b-45ae115f880a","sessionId":"15769780825290329362","userId":"user-119","type":"löschung","name":"event_22","properties":{"page":"/p/119","value":119.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:16.000Z","session":{"id":"s-17","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(121,X'f6edef76f07794f095e6df482dd64c61','datasync','7d54f346-60ab-a58c-363e-9f7cd5887d92','page_view','user-120',1704067216440,'{"id":"7d54f346-60ab-a58c-363e-9f7cd5887d92","sessionId":"1695096617979702666","userId":"user-120","type":"page_view","name":"event_23","properties":{"page":"/p/120","value":120.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:16.440Z","session":{"id":"s-17","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(122,X'7a2a5daf1a727851ac0352bcc416898f','datasync','ebcbfa55-ca95-495a-7a61-0364912f91aa','click','user-121',1704067216000,'{"id":"ebcbfa55-ca95-495a-7a61-0364912f91aa","sessionId":"10072659284908886927","userId":"user-121","type":"click","name":"event_24","properties":{"page":"/p/121","value":121.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:16.000Z","session":{"id":"s-17","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(123,X'001273c9b9c8caee88162b84789483f8','datasync','b3e5a0a5-600e-296b-785a-5d11ec15ab50','purchase','user-122',1704067216714,'{"id":"b3e5a0a5-600e-296b-785a-5d11ec15ab50","sessionId":"10010104756840111039","userId":"user-122","type":"purchase","name":"event_25","properties":{"page":"/p/122","value":122.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:16.714Z","session":{"id":"s-17","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(124,X'52460e0b52e329cf55eebed13ec763a4','datasync','f99bcc0d-39a3-7576-5218-2f97a091b359','signup','user-123',1704067216851,'{"id":"f99bcc0d-39a3-7576-5218-2f97a091b359","sessionId":"15658915475255836868","userId":"user-123","type":"signup","name":"event_26","properties":{"page":"/p/123","value":123.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:16.851Z","session":{"id":"s-17","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(125,X'b6f4f35f644eb76ac4474f9ab8d84c8b','datasync','775b868a-6a0f-8d76-3b1a-7133ada0168d','löschung','user-124',1704067216000,'{"id":"775b868a-6a0f-8d76-3b1a-7133ada0168d","sessionId":"1057565173110063478","userId":"user-124","type":"löschung","name":"event_27","properties":{"page":"/p/124","value":124.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:16.000Z","session":{"id":"s-17","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(126,X'a71f9f89a7d5e233b39257bcc7faeca1','datasync','30e3be18-553f-1a9c-cf9e-70b68d96a6d5','page_view','user-125',1704067217125,'{"id":"30e3be18-553f-1a9c-cf9e-70b68d96a6d5","sessionId":"3254018741835198350","userId":"user-125","type":"page_view","name":"event_28","properties":{"page":"/p/125","value":125.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:17.125Z","session":{"id":"s-17","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(127,X'11a4edd384eca87baf23860d13bc5a91','datasync','f3bda84a-a870-be70-1ccc-9057c3b9f433','click','user-126',1704067217000,'{"id":"f3bda84a-a870-be70-1ccc-9057c3b9f433","sessionId":"6360651351178315434","userId":"user-126","type":"click","name":"event_29","properties":{"page":"/p/126","value":126.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:17.000Z","session":{"id":"s-18","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(128,X'0938e047c42733c96032c1461ae3cbb2','datasync','38ae0e22-145c-5371-25a8-1d08b0c1ef4f','purchase','user-127',1704067217399,'{"id":"38ae0e22-145c-5371-25a8-1d08b0c1ef4f","sessionId":"11573519679882973477","userId":"user-127","type":"purchase","name":"event_30","properties":{"page":"/p/127","value":127.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:17.399Z","session":{"id":"s-18","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(129,X'e9177bcaee82a31532a34de8ccbe94d5','datasync','e84b1405-9470-5a00-0676-4057a03ae87d','signup','user-128',1704067217536,'{"id":"e84b1405-9470-5a00-0676-4057a03ae87d","sessionId":"12620869835119970534","userId":"user-128","type":"signup","name":"event_31","properties":{"page":"/p/128","value":128.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:17.536Z","session":{"id":"s-18","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(130,X'5b02fb89e5fc869d2c029c611ef85f02','datasync','f14b3225-665e-a4b6-62ef-d33ce561ccb9','löschung','user-129',1704067217000,'{"id":"f14b3225-665e-a4b6-62ef-d33ce561ccb9","sessionId":"9899047392060391253","userId":"user-129","type":"löschung","name":"event_32","properties":{"page":"/p/129","value":129.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:17.000Z","session":{"id":"s-18","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(131,X'e8f45597d2d81900f4cc6a95a6991990','datasync','8cd07e50-db5e-78e4-6c1d-b3a121edb160','page_view','user-130',1704067217810,'{"id":"8cd07e50-db5e-78e4-6c1d-b3a121edb160","sessionId":"15070016682329158054","userId":"user-130","type":"page_view","name":"event_33","properties":{"page":"/p/130","value":130.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:17.810Z","session":{"id":"s-18","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(132,X'a0c4136b913a453e8105679708f3606a','datasync','8b274912-72d7-32de-87d9-393bb2d3c2c3','click','user-131',1704067217000,'{"id":"8b274912-72d7-32de-87d9-393bb2d3c2c3","sessionId":"16350187606665874821","userId":"user-131","type":"click","name":"event_34","properties":{"page":"/p/131","value":131.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:17.000Z","session":{"id":"s-18","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(133,X'435dc03a6804c5f03d1ffb1f59b71bcd','datasync','e614075e-9829-c044-7849-c73d489c4f7c','purchase','user-132',1704067218084,'{"id":"e614075e-9829-c044-7849-c73d489c4f7c","sessionId":"11427029160835987615","userId":"user-132","type":"purchase","name":"event_35","properties":{"page":"/p/132","value":132.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:18.084Z","session":{"id":"s-18","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(134,X'a3b7a54f38a0b5541ea5067cc1201020','datasync','e2cc9544-5c3c-d4b3-0214-aa3ff8c2cdc9','signup','user-133',1704067218221,'{"id":"e2cc9544-5c3c-d4b3-0214-aa3ff8c2cdc9","sessionId":"7105526566306111769","userId":"user-133","type":"signup","name":"event_36","properties":{"page":"/p/133","value":133.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:18.221Z","session":{"id":"s-19","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(135,X'50a68e4b58f11ea0233d7e82caa996a7','datasync','79db78d6-670b-1f00-7546-b467a14417f8','löschung','user-134',1704067218000,'{"id":"79db78d6-670b-1f00-7546-b467a14417f8","sessionId":"15971538909793293165","userId":"user-134","type":"löschung","name":"event_37","properties":{"page":"/p/134","value":134.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:18.000Z","session":{"id":"s-19","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(136,X'1afbba58a1c4749abf3e514df22ac7eb','datasync','1f1a8e09-0331-f2b4-c31a-e3c6adf68282','page_view','user-135',1704067218495,'{"id":"1f1a8e09-0331-f2b4-c31a-e3c6adf68282","sessionId":"207151253224522615","userId":"user-135","type":"page_view","name":"event_38","properties":{"page":"/p/135","value":135.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:18.495Z","session":{"id":"s-19","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(137,X'0757ba76eb24b5ecefa2b5cbb7355991','datasync','ab71e736-8028-5448-23da-1476231a84f9','click','user-136',1704067218000,'{"id":"ab71e736-8028-5448-23da-1476231a84f9","sessionId":"4501419956014851986","userId":"user-136","type":"click","name":"event_39","properties":{"page":"/p/136","value":136.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:18.000Z","session":{"id":"s-19","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(138,X'8c8ce06c1e4029dce969459ed23b5494','datasync','a7cc592a-34bb-601e-3ab1-d512a58162d6','purchase','user-137',1704067218769,'{"id":"a7cc592a-34bb-601e-3ab1-d512a58162d6","sessionId":"8215227968673628891","userId":"user-137","type":"purchase","name":"event_40","properties":{"page":"/p/137","value":137.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:18.769Z","session":{"id":"s-19","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(139,X'02f3aec89ce121991e734a6bef89a95c','datasync','b95c538d-809e-2db3-9b71-a754aecd95c9','signup','user-138',1704067218906,'{"id":"b95c538d-809e-2db3-9b71-a754aecd95c9","sessionId":"2092088107054573505","userId":"user-138","type":"signup","name":"event_41","properties":{"page":"/p/138","value":138.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:18.906Z","session":{"id":"s-19","active":true,"referrer":null}}');
INSERT INTO sync_events VALUES(140,X'2d0bc63046a7aa111cf9f063bfecfbea','datasync','455a1471-7c37-b952-a055-949d5d29c1ad','löschung','user-139',1704067219000,'{"id":"455a1471-7c37-b952-a055-949d5d29c1ad","sessionId":"6681195404456140754","userId":"user-139","type":"löschung","name":"event_42","properties":{"page":"/p/139","value":139.50,"tags":["a","\u00e9\n"],"timestamp":1},"timestamp":"2024-01-01T00:00:19.000Z","session":{"id":"s-19","active":true,"referrer":null}}');
CREATE TABLE IF NOT EXISTS "sync_rejects" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_sync_rejects" PRIMARY KEY,
    "key" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "run_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "rejected_at" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "sync_runs" (
    "run_id" TEXT NOT NULL CONSTRAINT "PK_sync_runs" PRIMARY KEY,
    "source" TEXT NOT NULL,
    "pages" INTEGER NOT NULL,
    "events_fetched" INTEGER NOT NULL,
    "events_stored" INTEGER NOT NULL,
    "rejected" INTEGER NOT NULL,
    "total" INTEGER NULL,
    "requests" INTEGER NOT NULL,
    "retries" INTEGER NOT NULL,
    "throttles" INTEGER NOT NULL,
    "cursor_expiries" INTEGER NOT NULL,
    "faults" TEXT NOT NULL,
    "rate_limit" INTEGER NULL,
    "rate_remaining" INTEGER NULL,
    "rate_reset_at" INTEGER NULL,
    "rate_window_ms" INTEGER NULL,
    "fetch_ms" INTEGER NOT NULL,
    "store_ms" INTEGER NOT NULL,
    "started_at" INTEGER NOT NULL,
    "updated_at" INTEGER NOT NULL,
    "last_error" TEXT NULL,
    "last_error_at" INTEGER NULL
);
INSERT INTO sync_runs VALUES('01a2009a-e951-7253-98fe-e81a541addb6','datasync',7,140,140,0,600,7,0,0,0,'{}',NULL,NULL,NULL,NULL,2552,32,1795306482468,1795306485211,NULL,NULL);
CREATE TABLE IF NOT EXISTS "sync_checkpoint" (
    "source" TEXT NOT NULL CONSTRAINT "PK_sync_checkpoint" PRIMARY KEY,
    "run_id" TEXT NOT NULL,
    "epoch" INTEGER NOT NULL,
    "stretch" INTEGER NOT NULL,
    "holder" TEXT NULL,
    "cursor" TEXT NULL,
    "cursor_at" INTEGER NULL,
    "cursor_life_ms" INTEGER NULL,
    "pass_pages" INTEGER NOT NULL,
    "pass_events" INTEGER NOT NULL,
    "source_events" INTEGER NOT NULL,
    "pace" TEXT NULL,
    "updated_at" INTEGER NOT NULL
);
INSERT INTO sync_checkpoint VALUES('datasync','01a2009a-e951-7253-98fe-e81a541addb6',1,1,'974f4314-87c3-435d-9ad5-768479bc0996','MTQwOjE3OTUzMDY0ODUyMDc=',1795306485211,116000,7,140,140,'{"Remaining":0,"IsSettled":false,"Rounding":0,"LastSentAt":"2026-11-22T00:14:44.904568+00:00","CountedSince":"2026-11-22T00:14:42.6401172+00:00","Counted":7}',1795306485211);
CREATE TABLE IF NOT EXISTS "sync_seal_key" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_sync_seal_key" PRIMARY KEY,
    "key" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY,
    "Timestamp" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "__migrations_events" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___migrations_events" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);
INSERT INTO __migrations_events VALUES('20261121_CreateEvents','10.0.14');
CREATE TABLE IF NOT EXISTS "events" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_events" PRIMARY KEY,
    "event_id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "timestamp" INTEGER NOT NULL,
    "metadata" TEXT NULL
);
CREATE TABLE IF NOT EXISTS "event_ids" (
    "hash" INTEGER NOT NULL CONSTRAINT "PK_event_ids" PRIMARY KEY,
    "seq" INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS "event_accounts" (
    "ref" INTEGER NOT NULL CONSTRAINT "PK_event_accounts" PRIMARY KEY,
    "account_id" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "event_users" (
    "ref" INTEGER NOT NULL CONSTRAINT "PK_event_users" PRIMARY KEY,
    "account" INTEGER NOT NULL,
    "user_id" TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS "event_tail" (
    "seq" INTEGER NOT NULL CONSTRAINT "PK_event_tail" PRIMARY KEY,
    "events" INTEGER NOT NULL,
    "body" BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS "event_buckets" (
    "key" INTEGER NOT NULL CONSTRAINT "PK_event_buckets" PRIMARY KEY,
    "events" INTEGER NOT NULL,
    "counts" BLOB NOT NULL,
    "detail" BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS "event_ledger" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_event_ledger" PRIMARY KEY,
    "stored" INTEGER NOT NULL,
    "known" INTEGER NOT NULL
);
INSERT INTO event_ledger VALUES(1,0,0);
CREATE TABLE IF NOT EXISTS "event_state" (
    "id" INTEGER NOT NULL CONSTRAINT "PK_event_state" PRIMARY KEY,
    "ids_upto" INTEGER NOT NULL,
    "kept_from" INTEGER NOT NULL
);
INSERT INTO event_state VALUES(1,0,0);
DELETE FROM sqlite_sequence;
CREATE INDEX "IX_consumed_messages_consumed_at" ON "consumed_messages" ("consumed_at");
CREATE INDEX "IX_idempotency_keys_claimed_at" ON "idempotency_keys" ("claimed_at");
CREATE UNIQUE INDEX "IX_failed_messages_id" ON "failed_messages" ("id");
CREATE UNIQUE INDEX "IX_failed_messages_message_id_endpoint" ON "failed_messages" ("message_id", "endpoint");
CREATE INDEX "IX_failed_messages_message_type" ON "failed_messages" ("message_type");
CREATE UNIQUE INDEX "IX_scheduled_messages_token_id" ON "scheduled_messages" ("token_id");
CREATE INDEX "IX_scheduled_messages_due_at" ON "scheduled_messages" ("due_at");
CREATE UNIQUE INDEX "IX_sagas_correlation_id_kind" ON "sagas" ("correlation_id", "kind");
CREATE INDEX "IX_sagas_kind_state_seq" ON "sagas" ("kind", "state", "seq");
CREATE INDEX "IX_saga_transitions_saga_seq" ON "saga_transitions" ("saga_seq");
CREATE UNIQUE INDEX "IX_cars_id" ON "cars" ("id");
CREATE INDEX "IX_timer_attempts_timer_id" ON "timer_attempts" ("timer_id");
CREATE VIEW timers AS
SELECT correlation_id AS id,
       document ->> 'webhookUrl' AS webhook_url,
       state AS status,
       CAST(round((julianday(document ->> 'createdAt') - 2440587.5) * 86400000) AS INTEGER) AS created_at,
       CAST(round((julianday(document ->> 'dueAt') - 2440587.5) * 86400000) AS INTEGER) AS due_at,
       CAST(round((julianday(document ->> 'firedAt') - 2440587.5) * 86400000) AS INTEGER) AS fired_at,
       CAST(round((julianday(document ->> 'deliveredAt') - 2440587.5) * 86400000) AS INTEGER) AS delivered_at,
       document ->> 'attempts' AS attempts,
       document ->> 'lastError' AS last_error
FROM sagas
WHERE kind = 'timer';
CREATE UNIQUE INDEX "IX_order_runs_id" ON "order_runs" ("id");
CREATE UNIQUE INDEX "IX_sync_events_key" ON "sync_events" ("key");
CREATE UNIQUE INDEX "IX_sync_rejects_key" ON "sync_rejects" ("key");
CREATE UNIQUE INDEX "IX_event_accounts_account_id" ON "event_accounts" ("account_id");
CREATE UNIQUE INDEX "IX_event_users_account_user_id" ON "event_users" ("account", "user_id");
COMMIT;
