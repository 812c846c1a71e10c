namespace Review.Patches.Mail;

/// <summary>Lines of a byte text, one after the other. Only LF ends a line: a lone CR, a form feed or a NUL is content.</summary>
internal sealed class LineCursor(string text, int position = 0)
{
    /// <summary>Offset of the next line.</summary>
    public int Position { get; private set; } = position;

    /// <summary>The character that the next line begins with; null at the end.</summary>
    public char? Next => Position < text.Length ? text[Position] : null;

    /// <summary>True if the next line begins like this.</summary>
    public bool StartsWith(string start) => string.CompareOrdinal(text, Position, start, 0, start.Length) == 0;

    /// <summary>Another cursor at the same place, to look ahead.</summary>
    public LineCursor Fork() => new(text, Position);

    /// <summary>The next line with its line end, which only the last one may lack; null at the end.</summary>
    public string? Read()
    {
        if (Position >= text.Length)
        {
            return null;
        }

        var end = text.IndexOf('\n', Position);
        var line = end < 0 ? text[Position..] : text[Position..(end + 1)];
        Position += line.Length;
        return line;
    }

    /// <summary>The line without its line end.</summary>
    public static string Content(string line) => line.EndsWith('\n') ? line[..^1] : line;
}
