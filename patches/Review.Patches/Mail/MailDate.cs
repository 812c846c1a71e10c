using System.Globalization;

namespace Review.Patches.Mail;

/// <summary>Dates of RFC 5322, with the looseness of old mail programs.</summary>
internal static class MailDate
{
    private static readonly string[] Forms =
    [
        "d MMM yyyy H:m:s zzz", "d MMM yyyy H:m zzz", "d MMM yy H:m:s zzz", "d MMM yyyy H:m:s", "d MMM yyyy H:m", "yyyy-MM-dd H:m:s zzz", "yyyy-MM-dd H:m",
    ];

    /// <summary>Reads a date; null if it is none. Times without a zone are UTC.</summary>
    public static DateTimeOffset? Parse(string text)
    {
        var words = text.Split((char[])[' ', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToList();
        var comment = words.FindIndex(static word => word.StartsWith('('));
        words = comment < 0 ? words : words[..comment];
        if (words.Count > 0 && words[0].EndsWith(','))
        {
            words.RemoveAt(0);
        }

        if (words.Count > 0)
        {
            words[^1] = Zone(words[^1]);
        }

        return DateTimeOffset.TryParseExact(string.Join(' ', words), Forms, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;
    }

    private static string Zone(string word) => word switch
    {
        "GMT" or "UT" or "UTC" or "Z" => "+00:00",
        ['+' or '-', _, _, _, _] when word.AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0 => string.CompareOrdinal(word, 1, "1400", 0, 4) <= 0 ? word.Insert(3, ":") : "+00:00",
        _ => word,
    };
}
