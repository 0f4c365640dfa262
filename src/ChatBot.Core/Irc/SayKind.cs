namespace ChatBot.Core.Irc;

public enum SayKind { Privmsg, Notice }
