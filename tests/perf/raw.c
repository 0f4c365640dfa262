/* The floor of the measurement: a client without any logic, which answers each line to the channel with one. */
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int server;

static void say(const char *text)
{
    if (write(server, text, strlen(text)) < 0) {
        exit(1);
    }
}

static void answer(char *line, const char *nick, const char *channel)
{
    char out[600];
    char *text;
    char *to;
    if (strncmp(line, "PING ", 5) == 0) {
        snprintf(out, sizeof out, "PONG %s\r\n", line + 5);
        say(out);
    } else if (strstr(line, " 001 ") != NULL) {
        snprintf(out, sizeof out, "JOIN %s\r\n", channel);
        say(out);
    } else if ((to = strstr(line, " PRIVMSG ")) != NULL && (text = strstr(line, " :!status ")) != NULL) {
        int is_private = strncmp(to + 9, nick, strlen(nick)) == 0;
        line[strcspn(line, "!")] = 0;
        snprintf(out, sizeof out, "PRIVMSG %s :%.400s: nothing wrong\r\n", is_private ? line + 1 : channel, text + 10);
        say(out);
    }
}

int main(int count, char **words)
{
    static char bytes[1 << 16];
    size_t kept = 0;
    ssize_t got;
    char out[200];
    int one = 1;
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (count != 4) {
        return 2;
    }
    to.sin_port = htons((unsigned short)atoi(words[1]));
    server = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(server, (struct sockaddr *)&to, sizeof to) != 0) {
        return 1;
    }
    setsockopt(server, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    snprintf(out, sizeof out, "NICK %s\r\nUSER bot 0 * :bot\r\n", words[2]);
    say(out);
    while ((got = read(server, bytes + kept, sizeof bytes - 1 - kept)) > 0) {
        char *line = bytes;
        char *end;
        bytes[kept + (size_t)got] = 0;
        while ((end = strstr(line, "\r\n")) != NULL) {
            *end = 0;
            answer(line, words[2], words[3]);
            line = end + 2;
        }
        kept = strlen(line);
        memmove(bytes, line, kept);
    }
    return 0;
}
