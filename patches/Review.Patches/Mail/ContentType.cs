namespace Review.Patches.Mail;

/// <summary>Parameters of a Content-Type field, found the way git finds them.</summary>
internal static class ContentType
{
    /// <summary>The value of a parameter, quoted or not; null if there is none.</summary>
    public static string? Parameter(string value, string name)
    {
        var start = value.IndexOf(name + "=", StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return null;
        }

        start += name.Length + 1;
        var isQuoted = start < value.Length && value[start] == '"';
        start += isQuoted ? 1 : 0;
        var end = isQuoted ? value.IndexOf('"', start) : value.AsSpan(start).IndexOfAny(';', ' ', '\t') is >= 0 and var length ? start + length : -1;
        return end < 0 ? value[start..] : value[start..end];
    }

    /// <summary>True if a parameter has a value, in any case.</summary>
    public static bool Has(string value, string name, string wanted) => Parameter(value, name)?.Equals(wanted, StringComparison.OrdinalIgnoreCase) == true;
}
