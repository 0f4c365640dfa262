CREATE TABLE pop3_mail (
    mailbox TEXT NOT NULL,
    uidl    TEXT NOT NULL, -- of a mail that was taken and still stands there
    PRIMARY KEY (mailbox, uidl)
);
