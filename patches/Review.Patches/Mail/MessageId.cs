using System.Collections.Immutable;

namespace Review.Patches.Mail;

/// <summary>Message ids: opaque strings between brackets. They name mails, and nothing else is ever done with them.</summary>
internal static class MessageId
{
    /// <summary>The longest that is taken for one.</summary>
    private const int Longest = 998;

    /// <summary>The ids of a field without their brackets, in order; the last ones if there are too many.</summary>
    public static ImmutableArray<string> ReadAll(string value)
    {
        var ids = new List<string>();
        for (var open = value.IndexOf('<', StringComparison.Ordinal); open >= 0; open = value.IndexOf('<', open + 1))
        {
            var close = value.IndexOf('>', open);
            if (close < 0)
            {
                break;
            }

            if (close - open is > 1 and <= Longest)
            {
                ids.Add(ByteText.ToUnicode(value[(open + 1)..close]));
            }

            open = close;
        }

        return [.. ids.Skip(ids.Count - MailLimits.References)];
    }
}
