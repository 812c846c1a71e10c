using System.Globalization;

namespace Review.Patches.Threads;

/// <summary>What the subject of a mail says about its place in a series, as b4 and patchwork read it.</summary>
/// <param name="Title">The subject without what stands in front.</param>
/// <param name="IsReply">True for an answer.</param>
/// <param name="IsPatch">True if a group in brackets says PATCH.</param>
/// <param name="IsRfc">True for a request for comments.</param>
/// <param name="IsResend">True if the same patches were sent before.</param>
/// <param name="Revision">The version of the series; 1 if it does not say.</param>
/// <param name="Number">The patch's number; 0 is the cover letter; null if it does not say.</param>
/// <param name="Total">How many patches there are; null if it does not say.</param>
public sealed record PatchSubject(string Title, bool IsReply, bool IsPatch, bool IsRfc, bool IsResend, int Revision, int? Number, int? Total)
{
    private static readonly string[] ReplyMarks = ["re:", "aw:", "fwd:", "fw:", "sv:", "antw:"];

    /// <summary>Reads a decoded subject.</summary>
    public static PatchSubject Parse(string subject)
    {
        var rest = subject.Trim();
        var result = new PatchSubject("", false, false, false, false, 1, null, null);
        while (true)
        {
            if (rest.StartsWith('['))
            {
                var end = EndOfGroup(rest);
                if (end < 0)
                {
                    break;
                }

                result = result.With(rest[1..end]);
                rest = rest[(end + 1)..].TrimStart();
            }
            else if (LengthOfReplyMark(rest) is > 0 and var length)
            {
                result = result with { IsReply = true };
                rest = rest[length..].TrimStart();
            }
            else
            {
                break;
            }
        }

        return result with { Title = rest };
    }

    /// <summary>E.g. <c>3/8</c>; empty for a patch without a number.</summary>
    public string Place => Number is { } number && Total is { } total ? string.Create(CultureInfo.InvariantCulture, $"{number}/{total}") : "";

    private PatchSubject With(string group)
    {
        var result = this;
        foreach (var word in group.Split((char[])[' ', '\t', ',', ';', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            result = result.WithWord(word);
        }

        return result;
    }

    private PatchSubject WithWord(string word)
    {
        if (word.StartsWith("PATCH", StringComparison.OrdinalIgnoreCase))
        {
            // PATCHv3 is PATCH and v3.
            return Revisions(word[5..]) is { } attached ? this with { IsPatch = true, Revision = attached } : this with { IsPatch = true };
        }

        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && Digits(word[..slash], 4) is { } number && Digits(word[(slash + 1)..], 4) is { } total)
        {
            return this with { Number = number, Total = Math.Max(number, total) };
        }

        return Revisions(word) is { } revision ? this with { Revision = revision }
            : word.StartsWith("RFC", StringComparison.OrdinalIgnoreCase) ? this with { IsRfc = true }
            : word.StartsWith("RESEND", StringComparison.OrdinalIgnoreCase) ? this with { IsResend = true }
            : this;
    }

    private static int? Revisions(string word) => word.Length > 1 && word[0] is 'v' or 'V' ? Digits(word[1..], 4) : null;

    private static int? Digits(string text, int longest) =>
        text.Length > 0 && text.Length <= longest && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int EndOfGroup(string text)
    {
        var depth = 0;
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] == '[' ? 1 : text[i] == ']' ? -1 : 0;
            if (depth == 0)
            {
                return i;
            }
        }

        return -1;
    }

    private static int LengthOfReplyMark(string text)
    {
        foreach (var mark in ReplyMarks)
        {
            if (text.StartsWith(mark, StringComparison.OrdinalIgnoreCase))
            {
                return mark.Length;
            }
        }

        // Marks of other languages: two or three letters and a colon in front of a bracket.
        var colon = text.AsSpan().IndexOfAny(':', '：');
        return colon is 2 or 3 && text.Take(colon).All(char.IsLetter) && text[(colon + 1)..].TrimStart().StartsWith('[') ? colon + 1 : 0;
    }
}
