ALTER TABLE incident ADD COLUMN folded_at BIGINT;                         -- when its steps became the counts below, and its texts went
ALTER TABLE incident ADD COLUMN notifications BIGINT NOT NULL DEFAULT 0;  -- of the steps that are gone, as are the following
ALTER TABLE incident ADD COLUMN changes BIGINT NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN acknowledgements BIGINT NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN flappings BIGINT NOT NULL DEFAULT 0;
ALTER TABLE incident ADD COLUMN downs BIGINT NOT NULL DEFAULT 0;
ALTER TABLE machine_change ADD COLUMN folded_at BIGINT;                   -- when its files became their folders, and its changelog lines went
CREATE INDEX machine_change_unfolded ON machine_change (at) WHERE folded_at IS NULL;
CREATE INDEX incident_event_said ON incident_event (id) WHERE said_by IS NOT NULL;

CREATE TABLE forgetting (             -- who asked to be forgotten and is still named by what goes on
    name     TEXT   NOT NULL PRIMARY KEY,
    words    TEXT   NOT NULL,         -- by which others name them, one a line
    asked_at BIGINT NOT NULL
);
