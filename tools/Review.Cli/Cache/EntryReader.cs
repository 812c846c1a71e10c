using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Review.Cli.Cache;

/// <summary>Reads what an <see cref="EntryWriter"/> wrote; see <see cref="IsDamage"/> for what it throws when it was something else.</summary>
internal sealed class EntryReader(byte[] bytes) : BinaryReader(new MemoryStream(bytes), Encoding.UTF8)
{
    /// <summary>True for what reading an entry throws that is not there, cut off, or of another shape: then there is no entry.</summary>
    public static bool IsDamage(Exception trouble) =>
        trouble is IOException or UnauthorizedAccessException or InvalidDataException or FormatException or ArgumentException;

    /// <summary>True if nothing is left.</summary>
    public bool IsAtEnd => BaseStream.Position == BaseStream.Length;

    /// <summary>Reads a text that may be missing.</summary>
    public string? ReadOptional() => ReadBoolean() ? ReadString() : null;

    /// <summary>Reads a list.</summary>
    public ImmutableArray<T> ReadAll<T>(Func<T> read)
        where T : class
    {
        // Each item has a byte at least.
        var count = ReadInt32();
        if (count < 0 || count > BaseStream.Length - BaseStream.Position)
        {
            throw new InvalidDataException("a list is longer than its entry");
        }

        var items = new T[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = read();
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }
}
