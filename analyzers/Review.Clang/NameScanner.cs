namespace Review.Clang;

/// <summary>The names and keywords of a C file: everything that is spelled like one outside of comments and literals.</summary>
internal ref struct NameScanner(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int end;

    /// <summary>Where the current name starts, in bytes from the start of the file.</summary>
    public int Start { get; private set; }

    /// <summary>The current name.</summary>
    public readonly ReadOnlySpan<byte> Name => text[Start..end];

    /// <summary>Goes to the next name; false if there is none.</summary>
    public bool MoveNext()
    {
        var i = end;
        while (i < text.Length)
        {
            var c = text[i];
            if (c == '/' && i + 1 < text.Length && text[i + 1] is (byte)'*' or (byte)'/')
            {
                var closing = text[i + 1] == '*' ? text[(i + 2)..].IndexOf("*/"u8) : text[(i + 2)..].IndexOf((byte)'\n');
                i = closing < 0 ? text.Length : i + closing + 4;
            }
            else if (c is (byte)'"' or (byte)'\'')
            {
                i = EndOfLiteral(text, i);
            }
            else if (IsLetter(c))
            {
                Start = i;
                while (i < text.Length && (IsLetter(text[i]) || char.IsAsciiDigit((char)text[i])))
                {
                    i++;
                }

                end = i;
                return true;
            }
            else
            {
                i++;
            }
        }

        end = text.Length;
        return false;
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
}
