using System.Data.Common;

namespace ChatBot.Storage;

/// <summary>One row of a table, whichever engine it comes from; one object serves for all of them, one after the other.</summary>
internal sealed class CopiedRow(CopiedTable table)
{
    private readonly (bool IsNull, long Number, string Text)[] _values = new (bool, long, string)[table.Columns.Count];

    public int Count => _values.Length;

    public bool IsText(int column) => table.Columns[column].IsText;

    public bool IsNull(int column) => _values[column].IsNull;

    public long Number(int column) => _values[column].Number;

    public string Text(int column) => _values[column].Text;

    /// <summary>Takes the row at which the reader stands, as both engines can hold it.</summary>
    public void Read(DbDataReader reader)
    {
        for (var column = 0; column < _values.Length; column++)
        {
            _values[column] = reader.IsDBNull(column) ? (true, 0, "")
                : IsText(column) ? (false, 0, StorableText.Of(reader.GetString(column)))
                : (false, reader.GetInt64(column), "");
        }
    }
}
