namespace ChatBot.Storage;

/// <summary>Another bot speaks from this database by now: nothing that this one decides counts any more.</summary>
public sealed class LeaseLostException() : StorageException(
    "another bot has taken over this database, so this one has stopped speaking; started again it is the standby, "
    + "or says who holds the lease where [storage] has no standby");
