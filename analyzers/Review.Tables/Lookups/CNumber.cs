using System.Globalization;

namespace Review.Tables.Lookups;

/// <summary>Integer literals of C.</summary>
internal static class CNumber
{
    /// <summary>The value of a literal; null if it is none.</summary>
    public static long? Parse(string literal)
    {
        var digits = literal.TrimEnd('u', 'U', 'l', 'L');
        var isHexadecimal = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (isHexadecimal)
        {
            return long.TryParse(digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hexadecimal) ? hexadecimal : null;
        }

        if (digits.Length > 1 && digits[0] == '0')
        {
            return digits.All(static c => c is >= '0' and <= '7') ? digits.Aggregate(0L, static (value, c) => (value * 8) + (c - '0')) : null;
        }

        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}
