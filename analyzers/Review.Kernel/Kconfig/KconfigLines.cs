namespace Review.Kernel.Kconfig;

/// <summary>Hands out the lines of one Kconfig file: logical lines, and help texts to be skipped.</summary>
internal sealed class KconfigLines(string path, string text)
{
    private const int TabWidth = 8;
    private int position;

    public string Path { get; } = path;

    /// <summary>Number of the first physical line of the line read last, from 1.</summary>
    public int Line { get; private set; }

    private int PhysicalLine { get; set; }

    /// <summary>
    /// The next line that is neither empty nor a comment, without surrounding blanks; a backslash at the line end joins the
    /// next line. Null at the end of the file.
    /// </summary>
    public string? Next()
    {
        while (TryReadPhysical(out var line))
        {
            Line = PhysicalLine;
            var trimmed = line.Trim();
            if (trimmed.IsEmpty || trimmed[0] == '#')
            {
                continue;
            }

            if (trimmed[^1] != '\\')
            {
                return trimmed.ToString();
            }

            var parts = new List<string> { trimmed[..^1].ToString() };
            var continues = true;
            while (continues && TryReadPhysical(out line))
            {
                trimmed = line.Trim();
                continues = !trimmed.IsEmpty && trimmed[^1] == '\\';
                parts.Add((continues ? trimmed[..^1] : trimmed).ToString());
            }

            return string.Join(' ', parts);
        }

        return null;
    }

    /// <summary>Skips a help text: it ends before the first line that is indented less than its first one.</summary>
    public void SkipHelp()
    {
        var indentation = -1;
        while (position < text.Length)
        {
            var start = position;
            var number = PhysicalLine;
            TryReadPhysical(out var line);
            if (line.Trim().IsEmpty)
            {
                continue;
            }

            var column = Indentation(line);
            if (indentation < 0)
            {
                indentation = Math.Max(column, 1);
            }

            if (column < indentation)
            {
                position = start;
                PhysicalLine = number;
                return;
            }
        }
    }

    private static int Indentation(ReadOnlySpan<char> line)
    {
        var column = 0;
        foreach (var c in line)
        {
            if (c == '\t')
            {
                column += TabWidth - (column % TabWidth);
            }
            else if (c == ' ')
            {
                column++;
            }
            else
            {
                break;
            }
        }

        return column;
    }

    private bool TryReadPhysical(out ReadOnlySpan<char> line)
    {
        if (position >= text.Length)
        {
            line = default;
            return false;
        }

        var rest = text.AsSpan(position);
        var end = rest.IndexOf('\n');
        line = end < 0 ? rest : rest[..end];
        position += end < 0 ? rest.Length : end + 1;
        PhysicalLine++;
        return true;
    }
}
