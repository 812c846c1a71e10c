namespace Review.Patches.Mail;

/// <summary>The subject line that a commit gets from a mail.</summary>
internal static class GitSubject
{
    /// <summary>The subject without what mail puts in front of it: every <c>Re:</c>, colon, and group in brackets, whatever stands in it.</summary>
    public static string Clean(string subject)
    {
        var start = 0;
        while (start < subject.Length && LengthOfPrefix(subject.AsSpan(start)) is > 0 and var length)
        {
            start += length;
        }

        return ByteText.Squeeze(ByteText.Trim(subject[start..]));
    }

    private static int LengthOfPrefix(ReadOnlySpan<char> text) => text[0] switch
    {
        ' ' or '\t' or ':' => 1,
        'r' or 'R' when text.Length > 3 && text[1] is 'e' or 'E' && text[2] == ':' => 3,
        '[' => text.IndexOf(']') + 1,
        _ => 0,
    };
}
