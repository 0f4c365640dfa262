CREATE TABLE incident_thread (         -- of an incident that a mail opened: the thread in which its acknowledgement and its end are mailed
    incident   BIGINT NOT NULL PRIMARY KEY,
    message_id TEXT   NOT NULL,       -- of that mail; '' where it has none
    subject    TEXT   NOT NULL,
    last_at    BIGINT NOT NULL,       -- when that mail came, or when the last one was written
    day        BIGINT NOT NULL,       -- of the last one, since 1970
    mails      BIGINT NOT NULL        -- that were written on that day
);
CREATE INDEX incident_thread_last ON incident_thread (last_at);
CREATE INDEX incident_thread_message ON incident_thread (message_id);
