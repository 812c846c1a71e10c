using System.Text;

namespace Review.Lsp.Documents;

/// <summary>
/// The text of an open file at one moment, as the protocol counts: lines end in LF, CRLF or CR, positions past the end of a line or of the text mean the end.
/// Halves of surrogate pairs are kept as they are; as bytes they are U+FFFD, three of them.
/// </summary>
public sealed class TextDocument
{
    private readonly string text;
    private readonly List<int> lineStarts = [0];
    private readonly Lazy<byte[]> utf8;
    private readonly Lazy<int[]> lineBytes;

    public TextDocument(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        this.text = text;
        for (var i = NextEnd(0); i >= 0; i = NextEnd(i))
        {
            i += text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 2 : 1;
            lineStarts.Add(i);
        }

        utf8 = new(() => Encoding.UTF8.GetBytes(text));
        lineBytes = new(BytesBeforeLines);
    }

    /// <summary>The text.</summary>
    public string Text => text;

    /// <summary>The text as clang gets it.</summary>
    public byte[] Utf8 => utf8.Value;

    /// <summary>The number of lines, from 1.</summary>
    public int LineCount => lineStarts.Count;

    /// <summary>The offset of a position, in UTF-16 units.</summary>
    public int OffsetOf(TextPosition position, PositionEncoding encoding)
    {
        if (position.Line >= lineStarts.Count)
        {
            return text.Length;
        }

        var (start, end) = (lineStarts[position.Line], EndOfLine(position.Line));
        return encoding == PositionEncoding.Utf16 ? (int)Math.Min((long)start + position.Character, end) : start + Utf16Length(text.AsSpan(start, end - start), position.Character);
    }

    /// <summary>The position of an offset in UTF-16 units.</summary>
    public TextPosition PositionOf(int offset, PositionEncoding encoding)
    {
        var line = lineStarts.BinarySearch(offset);
        line = line < 0 ? ~line - 1 : line;
        var before = text.AsSpan(lineStarts[line], offset - lineStarts[line]);
        return new TextPosition(line, encoding == PositionEncoding.Utf16 ? before.Length : Encoding.UTF8.GetByteCount(before));
    }

    /// <summary>The position of a byte of <see cref="Utf8"/>; one inside a character is at its beginning.</summary>
    public TextPosition PositionOfByte(int offset, PositionEncoding encoding)
    {
        var line = Array.BinarySearch(lineBytes.Value, offset);
        line = line < 0 ? ~line - 1 : line;
        var start = lineStarts[line];
        var end = line + 1 < lineStarts.Count ? lineStarts[line + 1] : text.Length;
        return PositionOf(start + Utf16Length(text.AsSpan(start, end - start), offset - lineBytes.Value[line]), encoding);
    }

    /// <summary>The byte of <see cref="Utf8"/> at a position.</summary>
    public int ByteOf(TextPosition position, PositionEncoding encoding)
    {
        var offset = OffsetOf(position, encoding);
        var line = lineStarts.BinarySearch(offset);
        line = line < 0 ? ~line - 1 : line;
        return lineBytes.Value[line] + Encoding.UTF8.GetByteCount(text.AsSpan(lineStarts[line], offset - lineStarts[line]));
    }

    /// <summary>The document after a change; a range whose end is before its start is read the other way round.</summary>
    public TextDocument Apply(TextChange change, PositionEncoding encoding)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Range is not { } range)
        {
            return new TextDocument(change.Text);
        }

        var (one, other) = (OffsetOf(range.Start, encoding), OffsetOf(range.End, encoding));
        return new TextDocument(string.Concat(text.AsSpan(0, Math.Min(one, other)), change.Text, text.AsSpan(Math.Max(one, other))));
    }

    /// <summary>The word of C at a position; empty if there is none.</summary>
    public string WordAt(TextPosition position, PositionEncoding encoding)
    {
        var (start, end) = (OffsetOf(position, encoding), OffsetOf(position, encoding));
        while (start > 0 && IsWord(text[start - 1]))
        {
            start--;
        }

        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        return text[start..end];
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    /// <summary>How many UTF-16 units stand before a number of bytes; not more than there are, and no half characters.</summary>
    private static int Utf16Length(ReadOnlySpan<char> line, int bytes)
    {
        var units = 0;
        while (units < line.Length)
        {
            // Half a pair counts as the character that replaces it.
            _ = Rune.DecodeFromUtf16(line[units..], out var rune, out var length);
            bytes -= rune.Utf8SequenceLength;
            if (bytes < 0)
            {
                break;
            }

            units += length;
        }

        return units;
    }

    private int NextEnd(int from)
    {
        var index = text.AsSpan(from).IndexOfAny('\r', '\n');
        return index < 0 ? -1 : from + index;
    }

    private int EndOfLine(int line)
    {
        var end = line + 1 < lineStarts.Count ? lineStarts[line + 1] : text.Length;
        while (end > lineStarts[line] && text[end - 1] is '\r' or '\n')
        {
            end--;
        }

        return end;
    }

    private int[] BytesBeforeLines()
    {
        var bytes = new int[lineStarts.Count];
        for (var line = 1; line < bytes.Length; line++)
        {
            bytes[line] = bytes[line - 1] + Encoding.UTF8.GetByteCount(text.AsSpan(lineStarts[line - 1], lineStarts[line] - lineStarts[line - 1]));
        }

        return bytes;
    }
}
