ALTER TABLE incident ADD COLUMN held TEXT; -- why the channel is not told for the time being
CREATE INDEX incident_held ON incident (held) WHERE held IS NOT NULL;

CREATE TABLE mute (
    id        INTEGER PRIMARY KEY AUTOINCREMENT,
    machine   TEXT   NOT NULL,
    service   TEXT   NOT NULL, -- '' for the machine and all its services
    muted_by  TEXT,            -- erased some time after the end, as is the reason
    reason    TEXT,
    audience  TEXT   NOT NULL, -- that heard the reason
    muted_at  BIGINT NOT NULL,
    ends_at   BIGINT NOT NULL,
    ended_at  BIGINT
);
CREATE UNIQUE INDEX mute_in_force ON mute (machine, service) WHERE ended_at IS NULL;

CREATE TABLE intervention (
    number      INTEGER PRIMARY KEY AUTOINCREMENT,
    machines    TEXT   NOT NULL, -- short names, one a line
    planned_by  TEXT,            -- erased some time after the end, as is what was done
    what        TEXT,
    audience    TEXT   NOT NULL, -- that heard what is done
    planned_at  BIGINT NOT NULL,
    begins_at   BIGINT NOT NULL,
    ends_at     BIGINT NOT NULL,
    day_before  BIGINT NOT NULL, -- 1 once that reminder is said or its time is over
    just_before BIGINT NOT NULL, -- the same
    began_at    BIGINT,          -- when the beginning was told
    over_at     BIGINT,          -- when the end was told, or that it was cancelled
    cancelled   BIGINT NOT NULL,
    moves       BIGINT NOT NULL  -- how often it was given other times
);
CREATE INDEX intervention_coming ON intervention (begins_at) WHERE over_at IS NULL;
