using System.Collections.Immutable;
using Review.Core.Source;

namespace Review.Kernel;

/// <summary>The configuration symbols that decide about a file's own text.</summary>
public static class OptionsOfSource
{
    private const string ModuleSuffix = "_MODULE";

    /// <summary>
    /// Every <c>CONFIG_</c> name in the file's code, in ordinal order and without the prefix: in <c>#if</c> and its relatives, in <c>IS_ENABLED()</c>,
    /// <c>IS_BUILTIN()</c> and wherever else. Comments (<c>#endif /* CONFIG_NUMA */</c>) and strings do not count, headers neither.
    /// </summary>
    public static ImmutableSortedSet<string> In(SourceText text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var symbols = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        var bytes = text.Bytes;
        for (var i = 0; i < bytes.Length;)
        {
            var rest = bytes[i..];
            if (rest.StartsWith("/*"u8))
            {
                i = rest[2..].IndexOf("*/"u8) is >= 0 and var end ? i + end + 4 : bytes.Length;
            }
            else if (rest.StartsWith("//"u8))
            {
                i = rest.IndexOf((byte)'\n') is >= 0 and var end ? i + end : bytes.Length;
            }
            else if (rest[0] is (byte)'"' or (byte)'\'')
            {
                i += LengthOfLiteral(rest);
            }
            else if (IsWord(rest[0]))
            {
                var length = 1;
                while (length < rest.Length && IsWord(rest[length]))
                {
                    length++;
                }

                Add(text.Slice(new TextSpan(i, i + length)), symbols);
                i += length;
            }
            else
            {
                i++;
            }
        }

        return symbols.ToImmutable();
    }

    private static void Add(string word, ImmutableSortedSet<string>.Builder symbols)
    {
        const string Prefix = "CONFIG_";
        if (word.StartsWith(Prefix, StringComparison.Ordinal) && word.Length > Prefix.Length)
        {
            var symbol = word[Prefix.Length..];
            symbols.Add(symbol.EndsWith(ModuleSuffix, StringComparison.Ordinal) ? symbol[..^ModuleSuffix.Length] : symbol);
        }
    }

    // An apostrophe in an #error line ends with its line.
    private static int LengthOfLiteral(ReadOnlySpan<byte> text)
    {
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == text[0] || text[i] == '\n')
            {
                return i + 1;
            }

            if (text[i] == '\\')
            {
                i++;
            }
        }

        return text.Length;
    }

    private static bool IsWord(byte c) => char.IsAsciiLetterOrDigit((char)c) || c == '_';
}
