using System.Text;
using Review.Core.Dependencies;

namespace Review.Core.Source;

/// <summary>
/// The bytes of one C file with its line table. Offsets are in bytes, as clang's are; lines and columns count
/// from 1, columns in bytes, as compilers print them.
/// </summary>
public sealed class SourceText
{
    private readonly byte[] bytes;
    private readonly int[] lineStarts;

    public SourceText(string path, byte[] bytes)
    {
        Path = path;
        this.bytes = bytes;
        var starts = new List<int> { 0 };
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'\n')
            {
                starts.Add(i + 1);
            }
        }

        lineStarts = [.. starts];
    }

    /// <summary>Path inside the kernel tree.</summary>
    public string Path { get; }

    /// <summary>The file's content.</summary>
    public ReadOnlySpan<byte> Bytes
    {
        get
        {
            ReadAccount.NoteText(this, 0, bytes.Length);
            return bytes;
        }
    }

    /// <summary>Length in bytes.</summary>
    public int Length => bytes.Length;

    /// <summary>Number of lines; a file that ends in a newline has an empty last one.</summary>
    public int LineCount => lineStarts.Length;

    /// <summary>The line (from 1) and column (from 1, in bytes) of a byte offset.</summary>
    public LinePosition PositionOf(int offset)
    {
        ReadAccount.NoteText(this, offset, offset);
        var index = Array.BinarySearch(lineStarts, offset);
        if (index < 0)
        {
            index = ~index - 1;
        }

        return new LinePosition(index + 1, offset - lineStarts[index] + 1);
    }

    /// <summary>Offset of the first byte of a line (from 1).</summary>
    public int OffsetOfLine(int line)
    {
        ReadAccount.NoteText(this, lineStarts[line - 1], lineStarts[line - 1]);
        return lineStarts[line - 1];
    }

    /// <summary>The text of a line (from 1) without its line end.</summary>
    public string Line(int line)
    {
        var start = lineStarts[line - 1];
        var end = line < lineStarts.Length ? lineStarts[line] : bytes.Length;
        while (end > start && bytes[end - 1] is (byte)'\n' or (byte)'\r')
        {
            end--;
        }

        ReadAccount.NoteText(this, start, end);
        return Encoding.UTF8.GetString(bytes, start, end - start);
    }

    /// <summary>The text of a half-open range of byte offsets.</summary>
    public string Slice(TextSpan span) => Encoding.UTF8.GetString(BytesOf(span));

    /// <summary>The bytes of a half-open range of offsets.</summary>
    public ReadOnlySpan<byte> BytesOf(TextSpan span)
    {
        ReadAccount.NoteText(this, span.Start, span.End);
        return bytes.AsSpan(span.Start, span.Length);
    }

    /// <summary>The range of bytes from the beginning of the line on which a range begins to the end of that on which it ends.</summary>
    internal TextSpan LinesAround(TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        while (start > 0 && bytes[start - 1] != (byte)'\n')
        {
            start--;
        }

        while (end < bytes.Length && bytes[end] != (byte)'\n')
        {
            end++;
        }

        return new TextSpan(start, end);
    }

    public override string ToString() => Path;
}

/// <summary>Line and column, both from 1; the column counts bytes.</summary>
public readonly record struct LinePosition(int Line, int Column);

/// <summary>A half-open range of byte offsets in one file.</summary>
public readonly record struct TextSpan(int Start, int End)
{
    public int Length => End - Start;

    public bool Contains(int offset) => offset >= Start && offset < End;

    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;
}
