using System.Globalization;
using System.Text;

namespace Review.Core.Diagnostics;

/// <summary>
/// Text out of a tree under review may hold terminal escapes, line breaks or marks that turn the writing direction around. What
/// nobody can see is written as clang writes it: <c>&lt;U+001B&gt;</c>.
/// </summary>
public static class VisibleText
{
    /// <summary>The text on one line, without anything invisible except spaces.</summary>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.EnumerateRunes().Any(IsInvisible))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 8);
        foreach (var rune in text.EnumerateRunes())
        {
            result.Append(Of(rune));
        }

        return result.ToString();
    }

    /// <summary>The visible form of one character.</summary>
    public static string Of(Rune rune) =>
        IsInvisible(rune) ? string.Create(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>") : rune.ToString();

    /// <summary>How many columns of a terminal a visible character takes: 0, 1 or 2.</summary>
    public static int WidthOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
        _ => IsWide(rune.Value) ? 2 : 1,
    };

    /// <summary>
    /// JSON text with the escapes that .NET's encoder leaves out: marks that turn the writing direction around, and what else
    /// nobody can see. In JSON such characters can stand inside strings only, so the value stays the same.
    /// </summary>
    public static string OfJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        var result = new StringBuilder(json.Length);
        foreach (var rune in json.EnumerateRunes())
        {
            var text = rune.ToString();
            result.Append(IsInvisible(rune) && rune.Value != '\n'
                ? string.Concat(text.Select(unit => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}")))
                : text);
        }

        return result.ToString();
    }

    private static bool IsInvisible(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate;

    // East Asian Wide and Fullwidth, by block: Hangul, CJK, fullwidth forms, pictographs.
    private static bool IsWide(int value) => value is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6)
        or (>= 0x1F300 and <= 0x1F64F) or (>= 0x1F900 and <= 0x1F9FF) or (>= 0x20000 and <= 0x3FFFD);
}
