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

    /// <summary>Adds a name.</summary>
    public void Add(ReadOnlySpan<byte> name)
    {
        var bit = BitOf(name);
        bits[bit >> 3] |= (byte)(1 << (bit & 7));
    }

    public void WriteTo(BinaryWriter writer) => writer.Write(bits);

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="EndOfStreamException">There is less.</exception>
    public static NameFilter ReadFrom(BinaryReader reader) =>
        reader.ReadBytes(Bits / 8) is { Length: Bits / 8 } bits ? new NameFilter(bits) : throw new EndOfStreamException();

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
