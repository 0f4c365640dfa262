namespace ChatBot.Core.Speech;

/// <summary>Who may read a thing: everybody (open channel, status page), or the root group alone (root channel, root alias).</summary>
public enum Audience { Public, Root }
