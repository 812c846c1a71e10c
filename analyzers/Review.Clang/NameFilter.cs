namespace Review.Clang;

/// <summary>
/// A set of C names that may claim to hold a name that it does not hold, but never denies one that it does (a Bloom filter with
/// one hash): small enough to be kept beside a precompiled header that mentions some hundred thousand names.
/// </summary>
internal sealed class NameFilter
{
    private const int Bits = 1 << 21;

    private readonly byte[] bits;

    public NameFilter()
        : this(new byte[Bits / 8])
    {
    }

    private NameFilter(byte[] bits) => this.bits = bits;

    /// <summary>True if the name may be in the set.</summary>
    public bool MayContain(ReadOnlySpan<byte> name)
    {
        var bit = BitOf(name);
        return (bits[bit >> 3] & (1 << (bit & 7))) != 0;
    }

    /// <summary>Adds the names of a C file: everything that is spelled like one outside of comments and literals.</summary>
    public void AddNamesOf(ReadOnlySpan<byte> text)
    {
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (c == '/' && i + 1 < text.Length && text[i + 1] is (byte)'*' or (byte)'/')
            {
                var end = text[i + 1] == '*' ? text[(i + 2)..].IndexOf("*/"u8) : text[(i + 2)..].IndexOf((byte)'\n');
                i = end < 0 ? text.Length : i + end + 4;
            }
            else if (c is (byte)'"' or (byte)'\'')
            {
                i = EndOfLiteral(text, i);
            }
            else if (IsLetter(c))
            {
                var start = i;
                while (i < text.Length && (IsLetter(text[i]) || char.IsAsciiDigit((char)text[i])))
                {
                    i++;
                }

                Add(text[start..i]);
            }
            else
            {
                i++;
            }
        }
    }

    public void WriteTo(BinaryWriter writer) => writer.Write(bits);

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="EndOfStreamException">There is less.</exception>
    public static NameFilter ReadFrom(BinaryReader reader) =>
        reader.ReadBytes(Bits / 8) is { Length: Bits / 8 } bits ? new NameFilter(bits) : throw new EndOfStreamException();

    private void Add(ReadOnlySpan<byte> name)
    {
        var bit = BitOf(name);
        bits[bit >> 3] |= (byte)(1 << (bit & 7));
    }

    // A quote in the text of an #error has no partner: a literal ends with its line.
    private static int EndOfLiteral(ReadOnlySpan<byte> text, int start)
    {
        var quote = text[start];
        var i = start + 1;
        while (i < text.Length && text[i] != quote && text[i] != '\n')
        {
            i += text[i] == '\\' ? 2 : 1;
        }

        return i + 1;
    }

    private static bool IsLetter(byte c) => char.IsAsciiLetter((char)c) || c == '_';

    /// <summary>FNV-1a.</summary>
    private static int BitOf(ReadOnlySpan<byte> name)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in name)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return (int)((hash ^ (hash >> 32)) % Bits);
    }
}
