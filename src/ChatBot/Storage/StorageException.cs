namespace ChatBot.Storage;

/// <summary>The store cannot be used; the message says what is wrong and what to do.</summary>
public class StorageException(string message, Exception? inner = null) : Exception(message, inner);
