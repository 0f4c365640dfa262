using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text;

namespace ChatBot.Storage;

/// <summary>
/// Counts the rows of a table and hashes them, in whatever order they come: SHA-256 of each row (a byte for the kind of each value, numbers in eight
/// bytes, little end first, text as UTF-8 after its length), the four words of which are summed up modulo 2^64.
/// </summary>
internal sealed class TableDigest
{
    private readonly IncrementalHash _row = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _hash = new byte[SHA256.HashSizeInBytes];
    private byte[] _bytes = new byte[1024];
    private Vector256<ulong> _sum;

    public long Rows { get; private set; }

    /// <summary>Of what was added, 64 hexadecimal digits.</summary>
    public string Hash
    {
        get
        {
            Vector256.CopyTo(_sum.AsByte(), _hash);
            return Convert.ToHexStringLower(_hash);
        }
    }

    public void Add(CopiedRow row)
    {
        for (var column = 0; column < row.Count; column++)
        {
            if (row.IsNull(column))
            {
                _row.AppendData([0]);
            }
            else if (row.IsText(column))
            {
                AddText(row.Text(column));
            }
            else
            {
                Head(1, row.Number(column));
                _row.AppendData(_bytes, 0, 9);
            }
        }

        _row.GetHashAndReset(_hash);
        _sum += Vector256.Create<byte>(_hash).AsUInt64();
        Rows++;
    }

    private void AddText(string text)
    {
        var most = 9 + Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_bytes.Length < most)
        {
            _bytes = new byte[most];
        }

        var length = Encoding.UTF8.GetBytes(text, _bytes.AsSpan(9));
        Head(2, length);
        _row.AppendData(_bytes, 0, 9 + length);
    }

    private void Head(byte kind, long number)
    {
        _bytes[0] = kind;
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(1), number);
    }
}
