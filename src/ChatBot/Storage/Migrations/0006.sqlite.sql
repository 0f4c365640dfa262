ALTER TABLE incident ADD COLUMN covered_by BIGINT; -- the number of the incident that explains it
ALTER TABLE incident ADD COLUMN timed_out BIGINT NOT NULL DEFAULT 0; -- the check got no answer in time
ALTER TABLE incident ADD COLUMN told_at BIGINT; -- when the channel was told of it last
CREATE INDEX incident_covered ON incident (covered_by) WHERE covered_by IS NOT NULL;
CREATE INDEX incident_told ON incident (told_at) WHERE told_at IS NOT NULL;

CREATE TABLE check_history (
    machine  TEXT   NOT NULL,
    service  TEXT   NOT NULL, -- '' for the machine itself
    states   TEXT   NOT NULL, -- the last ones, a letter each, the oldest first
    last_at  BIGINT NOT NULL, -- when the last of them was heard
    flapping BIGINT NOT NULL, -- 1 while the check changes too often, by our own count
    held     BIGINT NOT NULL, -- changes since then that were not told
    ends_at  BIGINT,          -- when it is stable again if nothing more comes
    PRIMARY KEY (machine, service)
);
CREATE INDEX check_history_end ON check_history (ends_at) WHERE flapping = 1;
