using System.Text;

namespace Review.Cli.Cache;

/// <summary>
/// Writes an entry of the cache: numbers, texts and lists, one behind the other. JSON would cost a run that finds everything in the cache a third of its time, for the code that
/// the serializer makes first.
/// </summary>
internal sealed class EntryWriter : BinaryWriter
{
    private readonly MemoryStream stream;

    public EntryWriter()
        : this(new MemoryStream())
    {
    }

    private EntryWriter(MemoryStream stream)
        : base(stream, Encoding.UTF8) => this.stream = stream;

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Bytes => stream.GetBuffer().AsSpan(0, (int)stream.Length);

    /// <summary>Writes a text that may be missing.</summary>
    public void WriteOptional(string? text)
    {
        Write(text is not null);
        if (text is not null)
        {
            Write(text);
        }
    }

    /// <summary>Writes a list: how many, then each.</summary>
    public void WriteAll<T>(IReadOnlyCollection<T> items, Action<T> write)
        where T : class
    {
        Write(items.Count);
        foreach (var item in items)
        {
            write(item);
        }
    }
}
