CREATE INDEX incident_opened ON incident (opened_at);
CREATE INDEX incident_closed ON incident (closed_at);
CREATE INDEX incident_taken ON incident (taken_at) WHERE taken_at IS NOT NULL;
CREATE INDEX incident_check ON incident (machine, opened_at);

ALTER TABLE machine_change ADD COLUMN ask_at BIGINT; -- when to ask who did it, where nobody has told by then
ALTER TABLE machine_change ADD COLUMN automatic BIGINT NOT NULL DEFAULT 0; -- a program did it by itself
CREATE INDEX machine_change_at ON machine_change (at);
CREATE INDEX machine_change_ask ON machine_change (ask_at) WHERE ask_at IS NOT NULL;
CREATE INDEX changelog_entry_at ON changelog_entry (at);

CREATE TABLE watch (
    source     TEXT   NOT NULL,
    machine    TEXT   NOT NULL,
    silent_for BIGINT NOT NULL, -- milliseconds during which a mail of it would have been read, and none came
    incident   BIGINT,          -- the one that says so
    PRIMARY KEY (source, machine)
);
