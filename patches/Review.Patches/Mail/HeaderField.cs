namespace Review.Patches.Mail;

/// <summary>One field of a header (RFC 5322), unfolded, its value as it stands in the mail.</summary>
/// <param name="Name">The name as written; names are compared without regard to case.</param>
/// <param name="Value">Byte text of the value, without white space in front.</param>
internal sealed record HeaderField(string Name, string Value)
{
    /// <summary>
    /// The next field of a header, with its folded lines. At the end of the header, null and in <paramref name="rest"/> the line that is no field.
    /// </summary>
    public static HeaderField? Read(LineCursor lines, out string rest)
    {
        rest = "";
        if (lines.Read() is not { } first)
        {
            return null;
        }

        var line = ByteText.TrimEnd(first);
        if (NameLength(line) is not { } length)
        {
            rest = line + "\n";
            return null;
        }

        while (lines.Next is ' ' or '\t')
        {
            line += ByteText.TrimEnd(" " + LineCursor.Content(lines.Read()!)[1..]);
        }

        return length < line.Length && line[length] == ':'
            ? new HeaderField(line[..length], SkipBlank(line[(length + 1)..]))
            : new HeaderField("", line);
    }

    /// <summary>True for the name of the field in any case.</summary>
    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a line <c>NAME: value</c>; null if it is another line.</summary>
    public static string? ValueOf(string line, string name) =>
        line.Length > name.Length && line[name.Length] == ':' && line.StartsWith(name, StringComparison.OrdinalIgnoreCase) ? SkipBlank(line[(name.Length + 1)..]) : null;

    // Lines that mailboxes put into headers, "From " and ">From ", count as fields without a name.
    private static int? NameLength(string line)
    {
        if (line.StartsWith("From ", StringComparison.Ordinal) || line.StartsWith(">From ", StringComparison.Ordinal))
        {
            return line.Length;
        }

        var length = 0;
        while (length < line.Length && line[length] is > ' ' and < '\x7f' and not ':')
        {
            length++;
        }

        return length < line.Length && line[length] == ':' ? length : null;
    }

    private static string SkipBlank(string text)
    {
        var start = 0;
        while (start < text.Length && ByteText.IsBlank(text[start]))
        {
            start++;
        }

        return text[start..];
    }
}
