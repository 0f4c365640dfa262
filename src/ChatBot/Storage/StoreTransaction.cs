using System.Data.Common;

namespace ChatBot.Storage;

/// <summary>A connection, and the transaction that everything on it belongs to where something is written.</summary>
public readonly record struct StoreTransaction(DbConnection Connection, DbTransaction? Transaction);
