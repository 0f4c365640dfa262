CREATE TABLE unchecked_mail (              -- a refused mail whose key the DNS did not give in time: it is looked at again for an hour
    mailbox    TEXT   NOT NULL,
    mail       TEXT   NOT NULL,            -- its name in that mailbox
    arrived_at BIGINT NOT NULL,
    kept_at    BIGINT NOT NULL,
    content    TEXT   NOT NULL,            -- the whole mail in Base64; never one that holds a diff
    PRIMARY KEY (mailbox, mail)
);
